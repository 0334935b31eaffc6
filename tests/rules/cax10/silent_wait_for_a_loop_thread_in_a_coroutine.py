"""The coroutine of a task waits for a loop in another thread: with a time-out."""

import asyncio
import threading

from celery import shared_task

_loop: asyncio.AbstractEventLoop | None = None


def loop_thread() -> asyncio.AbstractEventLoop:
    global _loop
    if _loop is None:
        _loop = asyncio.new_event_loop()
        threading.Thread(target=_loop.run_forever, daemon=True).start()
    return _loop


async def load() -> int:
    await asyncio.sleep(0)
    return 1


def load_elsewhere() -> int:
    return asyncio.run_coroutine_threadsafe(load(), loop_thread()).result(timeout=5)


async def total() -> int:
    await asyncio.sleep(0)
    return load_elsewhere()


@shared_task
def add_up() -> int:
    return asyncio.run(total())  # CAX02
