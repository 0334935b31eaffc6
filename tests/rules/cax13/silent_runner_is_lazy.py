import asyncio
from pathlib import Path

from celery import shared_task

RUNNER = asyncio.Runner()


async def read(path: str) -> bytes:
    return await asyncio.to_thread(Path(path).read_bytes)


@shared_task
def digest(path: str) -> int:
    return len(RUNNER.run(read(path)))
