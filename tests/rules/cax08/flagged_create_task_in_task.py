import asyncio

from celery import shared_task


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


@shared_task
def refresh_feed(feed_id: int) -> None:
    asyncio.create_task(refresh(feed_id))  # CAX08@5 "create_task() raises outside a coroutine"
