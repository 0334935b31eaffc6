# options: cax-pool=threads
import asyncio

from celery import shared_task


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


@shared_task(bind=True, max_retries=3)
def refresh_feed(self, feed_id: int) -> int | None:
    try:
        loop = asyncio.get_event_loop()  # CAX08
        if loop.is_closed():
            loop = asyncio.new_event_loop()
            asyncio.set_event_loop(loop)
        return loop.run_until_complete(refresh(feed_id))
    except Exception as error:
        raise self.retry(exc=error)
