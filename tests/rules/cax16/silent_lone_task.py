"""The task is the only thing on its loop: what blocks, blocks nobody else."""
import asyncio
import time

import requests
from celery import shared_task

RUNNER = asyncio.Runner()


def fetch(url: str) -> bytes:
    return requests.get(url, timeout=5).content


async def import_feed(url: str) -> int:
    content = fetch(url)
    time.sleep(1)
    await asyncio.sleep(0)
    return len(content)


@shared_task
def import_later(url: str) -> int:
    async def _run() -> int:
        with open("/data/feed.xml", "wb") as target:
            target.write(requests.get(url, timeout=5).content)
        return await import_feed(url)

    return RUNNER.run(_run())
