import asyncio
import os
import threading

from celery import shared_task

_loop: asyncio.AbstractEventLoop | None = None
_pid: int | None = None
_lock = threading.Lock()


def get_worker_loop() -> asyncio.AbstractEventLoop:
    global _loop, _pid
    with _lock:
        if _loop is None or _loop.is_closed() or _pid != os.getpid():
            _loop = asyncio.new_event_loop()
            _pid = os.getpid()
    return _loop


def run_async(coroutine):
    return get_worker_loop().run_until_complete(coroutine)


async def charge(order_id: int) -> int:
    await asyncio.sleep(0)
    return order_id


@shared_task
def pay(order_id: int) -> int:
    return run_async(charge(order_id))
