import asyncio

from lib.celery import retrying, worker_task
from lib.http import HTTP


async def _get(url: str) -> int:
    return (await HTTP.get(url)).status_code


@retrying(name="one")
def one(self, url: str) -> int:
    return asyncio.run(_get(url))  # CAX03 "HTTP"


@worker_task(name="two")
def two(url: str) -> int:
    return asyncio.run(_get(url))  # CAX03 "HTTP"
