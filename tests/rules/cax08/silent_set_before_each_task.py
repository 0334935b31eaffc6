# options: cax-pool=threads
import asyncio

from celery import Celery
from celery.signals import task_prerun

app = Celery("feeds")


def ensure_loop() -> None:
    try:
        asyncio.get_event_loop()
    except RuntimeError:
        asyncio.set_event_loop(asyncio.new_event_loop())


@task_prerun.connect
def prepare(**kwargs: object) -> None:
    ensure_loop()


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


@app.task
def refresh_feed(feed_id: int) -> int:
    return asyncio.get_event_loop().run_until_complete(refresh(feed_id))
