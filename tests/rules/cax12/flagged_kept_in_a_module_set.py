import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()
background: set[asyncio.Task[None]] = set()


async def audit(order_id: int) -> None:
    await asyncio.sleep(1)


async def ship(order_id: int) -> int:
    task = asyncio.create_task(audit(order_id))  # CAX12 "kept in 'background'"
    background.add(task)
    task.add_done_callback(background.discard)
    return order_id


@shared_task
def ship_order(order_id: int) -> int:
    return RUNNER.run(ship(order_id))
