import asyncio

from celery import Celery
from celery.signals import worker_process_init

app = Celery("feeds")


@worker_process_init.connect
def set_loop(**kwargs: object) -> None:
    asyncio.set_event_loop(asyncio.new_event_loop())


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


@app.task
def refresh_feed(feed_id: int) -> int:
    return asyncio.get_event_loop().run_until_complete(refresh(feed_id))
