import asyncio

from celery import shared_task

async def audit(order_id: int) -> None:
    await asyncio.sleep(1)


async def ship(order_id: int) -> int:
    asyncio.create_task(audit(order_id))  # CAX12@5 "cancelled when asyncio.run() ends" "ship()"
    return order_id


@shared_task
def ship_order(order_id: int) -> int:
    return asyncio.run(ship(order_id))  # CAX02
