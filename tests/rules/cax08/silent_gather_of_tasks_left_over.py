import asyncio

from celery import Celery
from celery.signals import worker_process_shutdown

app = Celery("feeds")
LOOPS: dict[str, asyncio.AbstractEventLoop] = {}


def loop_of(queue: str) -> asyncio.AbstractEventLoop:
    if queue not in LOOPS:
        LOOPS[queue] = asyncio.new_event_loop()
    return LOOPS[queue]


@worker_process_shutdown.connect
def close_loops(**kwargs: object) -> None:
    for loop in LOOPS.values():
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.close()


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


@app.task
def refresh_feed(feed_id: int) -> int:
    return loop_of("feeds").run_until_complete(refresh(feed_id))
