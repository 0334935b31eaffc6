import asyncio
import threading

from celery import shared_task
from celery.signals import worker_process_init

_loop = None


async def work() -> None:
    await asyncio.sleep(0)


@worker_process_init.connect
def start(**kwargs: object) -> None:
    global _loop
    _loop = asyncio.new_event_loop()
    threading.Thread(target=_loop.run_forever, daemon=True).start()


@shared_task
def refresh() -> None:
    future = asyncio.run_coroutine_threadsafe(work(), _loop)
    try:
        future.result(timeout=5)
    except BaseException:
        future.cancel()
        raise
