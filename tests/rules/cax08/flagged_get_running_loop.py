import asyncio

from celery import shared_task


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


def drive(feed_id: int) -> int:
    loop = asyncio.get_running_loop()  # CAX08 "get_running_loop() raises outside a coroutine"
    return loop.run_until_complete(refresh(feed_id))


@shared_task
def refresh_feed(feed_id: int) -> int:
    return drive(feed_id)
