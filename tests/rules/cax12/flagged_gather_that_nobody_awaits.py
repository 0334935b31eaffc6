import asyncio

from celery import shared_task


async def audit(order_id: int) -> None:
    await asyncio.sleep(1)


async def ship(order_id: int) -> None:
    asyncio.gather(audit(order_id), audit(order_id + 1))  # CAX12@5 "nothing waits for the task of gather()"
    both = asyncio.gather(audit(order_id), audit(order_id + 1))  # CAX12
    both.add_done_callback(print)
    awaited = asyncio.gather(audit(order_id), audit(order_id + 1))
    awaited.add_done_callback(print)
    await awaited


@shared_task
def ship_order(order_id: int) -> None:
    asyncio.run(ship(order_id))  # CAX02
