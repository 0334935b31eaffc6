import asyncio

from celery import Celery
from celery.signals import worker_process_init, worker_process_shutdown

app = Celery("shop")
loop: asyncio.AbstractEventLoop


@worker_process_init.connect
def start_loop(**kwargs: object) -> None:
    global loop
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)


@worker_process_shutdown.connect
def stop_loop(**kwargs: object) -> None:
    loop.close()


async def bill(order_id: int) -> int:
    await asyncio.sleep(0)
    return order_id


@app.task
def bill_order(order_id: int) -> int:
    return loop.run_until_complete(bill(order_id))
