import asyncio

from celery import shared_task

_loop: asyncio.AbstractEventLoop | None = None


async def refresh(feed_id: int) -> None:
    await asyncio.sleep(0)


@shared_task
def refresh_feed(feed_id: int) -> None:
    global _loop
    _loop = asyncio.new_event_loop()  # CAX07 "never closed"
    _loop.run_until_complete(refresh(feed_id))
