import asyncio
from collections.abc import Awaitable
from typing import Any

from celery import shared_task


def run_async(awaitable: Awaitable[Any]) -> Any:
    return asyncio.run(awaitable)  # CAX02


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


@shared_task
def refresh_feeds(first: int, second: int) -> list[int]:
    return run_async(asyncio.gather(refresh(first), refresh(second)))  # CAX08 "asyncio.run()" "refuses"
