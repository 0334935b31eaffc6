import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


async def audit(order_id: int) -> None:
    await asyncio.sleep(1)


async def ship(order_id: int) -> int:
    loop = asyncio.get_running_loop()
    tasks = []
    for step in range(3):
        tasks.append(loop.create_task(audit(order_id + step)))  # CAX12@22 "kept in 'tasks'"
    return order_id


@shared_task
def ship_order(order_id: int) -> int:
    return RUNNER.run(ship(order_id))
