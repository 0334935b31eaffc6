import asyncio

from celery import shared_task


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


@shared_task
def refresh_feeds(feed_ids: list[int]) -> list[int]:
    loop = asyncio.new_event_loop()
    try:
        futures = asyncio.gather(*[refresh(feed_id) for feed_id in feed_ids])  # CAX08 "not the one that"
        return loop.run_until_complete(futures)  # CAX02
    finally:
        loop.close()
