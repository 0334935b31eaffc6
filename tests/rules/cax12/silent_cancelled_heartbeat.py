import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


async def audit(order_id: int) -> None:
    await asyncio.sleep(1)


async def heartbeat(order_id: int) -> None:
    while True:
        await asyncio.sleep(5)


async def ship(order_id: int) -> int:
    beating = asyncio.create_task(heartbeat(order_id))
    try:
        await audit(order_id)
    finally:
        beating.cancel()
    return order_id


@shared_task
def ship_order(order_id: int) -> int:
    return RUNNER.run(ship(order_id))
