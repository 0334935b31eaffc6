import asyncio
import threading

from celery import shared_task
from celery.signals import worker_process_init

LOCK = asyncio.Lock()
_loop: asyncio.AbstractEventLoop | None = None


@worker_process_init.connect
def start_loop(**kwargs) -> None:
    global _loop
    _loop = asyncio.new_event_loop()
    threading.Thread(target=_loop.run_forever, daemon=True).start()


async def step(number: int) -> int:
    async with LOCK:
        return number


@shared_task
def work(number: int) -> int:
    future = asyncio.run_coroutine_threadsafe(step(number), _loop)
    try:
        return future.result(timeout=30)
    except BaseException:
        future.cancel()
        raise
