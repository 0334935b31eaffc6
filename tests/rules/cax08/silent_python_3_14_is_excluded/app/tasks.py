import asyncio

from celery import shared_task


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


@shared_task
def refresh_feed(feed_id: int) -> int:
    loop = asyncio.get_event_loop()
    loop.run_until_complete(refresh(feed_id))
    return asyncio.get_event_loop().run_until_complete(refresh(feed_id))
