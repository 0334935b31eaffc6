import asyncio

from celery import shared_task


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


def current_loop() -> asyncio.AbstractEventLoop:
    try:
        return asyncio.get_event_loop()  # CAX08 "closed loop" "via current_loop()"
    except RuntimeError:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        return loop


@shared_task
def refresh_feed(feed_id: int) -> int:
    loop = current_loop()
    result = loop.run_until_complete(refresh(feed_id))  # CAX02
    loop.close()
    return result
