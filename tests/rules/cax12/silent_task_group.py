import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


async def audit(order_id: int) -> None:
    await asyncio.sleep(1)


async def ship(order_id: int) -> int:
    async with asyncio.TaskGroup() as group:
        group.create_task(audit(order_id))
        for number in range(3):
            group.create_task(audit(number))
    return order_id


@shared_task
def ship_order(order_id: int) -> int:
    return RUNNER.run(ship(order_id))
