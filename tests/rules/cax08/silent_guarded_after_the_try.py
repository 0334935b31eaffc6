# options: cax-pool=threads
import asyncio

from celery import shared_task


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


def current_loop() -> asyncio.AbstractEventLoop:
    loop = None
    try:
        loop = asyncio.get_event_loop()
    except RuntimeError:
        pass
    if loop is None or loop.is_closed():
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
    return loop


@shared_task
def refresh_feed(feed_id: int) -> int:
    return current_loop().run_until_complete(refresh(feed_id))
