import asyncio
from typing import Any

from celery import Celery, shared_task

app = Celery("shop", broker="redis://localhost")


def worker_task(**options: Any) -> Any:
    return shared_task(acks_late=True, **options)


async def fetch() -> None:
    await asyncio.sleep(1)


@worker_task(max_retries=3)
def sync() -> None:
    asyncio.run(fetch())  # CAX20 "the gevent pool (Procfile:1)"
