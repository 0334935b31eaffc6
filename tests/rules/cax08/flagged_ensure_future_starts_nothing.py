import asyncio

from celery import shared_task


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


@shared_task
def refresh_feed(feed_id: int) -> None:
    task = asyncio.ensure_future(refresh(feed_id))  # CAX08 "ensure_future() outside a coroutine starts nothing"
    task.add_done_callback(print)
