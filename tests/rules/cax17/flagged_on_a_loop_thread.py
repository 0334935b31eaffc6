# options: cax-enable=CAX17
import asyncio

from celery import shared_task
from celery.signals import worker_process_init

loop: asyncio.AbstractEventLoop


@worker_process_init.connect
def remember(**kwargs: object) -> None:
    global loop
    from app.aio import start_loop_thread

    loop = start_loop_thread()


@shared_task
def index(order_id: int) -> None:
    print(order_id)


async def _import(order_id: int) -> None:
    index.delay(order_id)  # CAX17


@shared_task
def load(order_id: int) -> None:
    future = asyncio.run_coroutine_threadsafe(_import(order_id), loop)
    try:
        future.result(timeout=60)
    except BaseException:
        future.cancel()
        raise
