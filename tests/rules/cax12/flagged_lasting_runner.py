import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


async def audit(order_id: int) -> None:
    await asyncio.sleep(1)


async def ship(order_id: int) -> int:
    task = asyncio.ensure_future(audit(order_id))  # CAX12@12 "ensure_future()" "inside the next task"
    task.add_done_callback(print)
    return order_id


@shared_task
def ship_order(order_id: int) -> int:
    return RUNNER.run(ship(order_id))
