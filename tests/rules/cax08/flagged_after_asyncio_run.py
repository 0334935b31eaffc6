import asyncio

from celery import Celery

celery_app = Celery("shop")


async def charge(order_id: int) -> int:
    await asyncio.sleep(0)
    return order_id


@celery_app.task
def charge_order(order_id: int) -> int:
    return asyncio.run(charge(order_id))  # CAX02


@celery_app.task
def charge_later(order_id: int) -> int:
    loop = asyncio.get_event_loop()  # CAX08 "once asyncio.run() (app/flagged_after_asyncio_run.py:15)"
    return loop.run_until_complete(charge(order_id))
