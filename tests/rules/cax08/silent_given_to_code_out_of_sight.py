import asyncio

from celery import shared_task

from app.runtime import run_async_task


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


@shared_task
def refresh_feeds(first: int, second: int) -> list[int]:
    return run_async_task(lambda: asyncio.gather(refresh(first), refresh(second)))


@shared_task
def refresh_in_background(feed_id: int) -> None:
    def start() -> None:
        asyncio.create_task(refresh(feed_id))

    run_async_task(start)
