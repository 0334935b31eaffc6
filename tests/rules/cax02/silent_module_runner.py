import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


async def charge(order_id: int) -> int:
    await asyncio.sleep(0)
    return order_id


@shared_task
def pay(order_id: int) -> int:
    return RUNNER.run(charge(order_id))
