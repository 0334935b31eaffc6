"""worker_process_init for prefork, worker_init for the pools that do not send it."""

import asyncio
import threading

from celery import shared_task
from celery.signals import worker_init, worker_process_init

loop: asyncio.AbstractEventLoop | None = None


@worker_init.connect
@worker_process_init.connect
def start(**kwargs: object) -> None:
    global loop
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()


async def notify(user_id: int) -> None:
    await asyncio.sleep(0)


@shared_task
def send(user_id: int) -> None:
    future = asyncio.run_coroutine_threadsafe(notify(user_id), loop)
    try:
        future.result(timeout=30)
    except BaseException:
        future.cancel()
        raise
