"""A future of a coroutine asks for the thread's loop just as get_event_loop() does, which is then not reached."""

import asyncio

from celery import shared_task


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


@shared_task
def refresh_all(feed_ids: list[int]) -> list[int]:
    futures = [asyncio.ensure_future(refresh(feed_id)) for feed_id in feed_ids]  # CAX08 "ensure_future() raises once"
    return asyncio.get_event_loop().run_until_complete(asyncio.gather(*futures))


@shared_task
def refresh_none(feed_ids: list[int]) -> list[int]:
    if not feed_ids:
        gathered = asyncio.gather(refresh(0), refresh(1))  # CAX08 "gather() raises once"
        return asyncio.get_event_loop().run_until_complete(gathered)
    return asyncio.get_event_loop().run_until_complete(refresh(2))  # CAX08 "get_event_loop() raises once"


@shared_task
def check_feed(feed_id: int) -> int:
    return asyncio.run(refresh(feed_id))  # CAX02
