"""A loop thread gets one coroutine at a time, by hand, from a worker that runs one task at a time."""

import asyncio
import concurrent.futures
import threading
import time

from celery import shared_task

_loop: asyncio.AbstractEventLoop | None = None


def loop_thread() -> asyncio.AbstractEventLoop:
    global _loop
    if _loop is None:
        _loop = asyncio.new_event_loop()
        threading.Thread(target=_loop.run_forever, daemon=True).start()
    return _loop


async def load() -> int:
    time.sleep(1)
    return 1


@shared_task
def refresh() -> int:
    done: concurrent.futures.Future[int] = concurrent.futures.Future()

    async def work() -> None:
        done.set_result(await load())

    loop_thread().call_soon_threadsafe(lambda: asyncio.ensure_future(work()))
    return done.result(timeout=5)
