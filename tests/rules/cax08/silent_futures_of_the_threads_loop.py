"""Nothing takes the thread's loop away: the futures are made on the loop that runs them."""

import asyncio

from celery import shared_task


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


@shared_task
def refresh_all(feed_ids: list[int]) -> list[int]:
    futures = [asyncio.ensure_future(refresh(feed_id)) for feed_id in feed_ids]
    return asyncio.get_event_loop().run_until_complete(asyncio.gather(*futures))
