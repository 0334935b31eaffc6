import asyncio

from celery import shared_task
from celery.signals import worker_process_init, worker_process_shutdown

worker_loop: asyncio.AbstractEventLoop | None = None


@worker_process_init.connect
def start_loop(**kwargs) -> None:
    global worker_loop
    worker_loop = asyncio.new_event_loop()
    asyncio.set_event_loop(worker_loop)


@worker_process_shutdown.connect
def stop_loop(**kwargs) -> None:
    if worker_loop is not None:
        worker_loop.close()


async def charge(order_id: int) -> int:
    await asyncio.sleep(0)
    return order_id


@shared_task
def pay(order_id: int) -> int:
    return worker_loop.run_until_complete(charge(order_id))
