import asyncio

from celery import Celery
from celery.signals import worker_process_init

app = Celery("feeds")
loop: asyncio.AbstractEventLoop


@worker_process_init.connect
def start(**kwargs: object) -> None:
    global loop
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


@app.task
def refresh_feeds(feed_ids: list[int]) -> list[int]:
    return loop.run_until_complete(asyncio.gather(*[refresh(feed_id) for feed_id in feed_ids]))


@app.task
def refresh_first(feed_id: int) -> int:
    task = loop.create_task(refresh(feed_id))
    return loop.run_until_complete(task)
