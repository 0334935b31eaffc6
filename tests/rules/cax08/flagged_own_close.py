import asyncio

from celery import shared_task


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


@shared_task
def refresh_feed(feed_id: int) -> int:
    loop = asyncio.get_event_loop()  # CAX08 "closed loop from the second call on" "flagged_own_close.py:17"
    try:
        return loop.run_until_complete(refresh(feed_id))
    finally:
        loop.close()
