"""Nothing begins a second time beside what a receiver that runs once leaves; before each task something does."""

import asyncio
import threading

from celery import shared_task
from celery.signals import task_prerun, worker_process_init, worker_process_shutdown

loop: asyncio.AbstractEventLoop


@worker_process_init.connect
def start(**kwargs: object) -> None:
    global loop
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()


async def work() -> None:
    await asyncio.sleep(1)


@task_prerun.connect
def prepare(**kwargs: object) -> None:
    asyncio.run_coroutine_threadsafe(work(), loop).result(timeout=5)  # CAX12 "ends the waiting but not the coroutine"


@worker_process_shutdown.connect
def finish(**kwargs: object) -> None:
    asyncio.run_coroutine_threadsafe(work(), loop).result(timeout=5)


@shared_task
def refresh() -> int:
    return 1
