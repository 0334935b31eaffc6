import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


async def audit(order_id: int) -> None:
    await asyncio.sleep(1)


async def ship(order_id: int) -> int:
    asyncio.create_task(audit(order_id))
    current = asyncio.current_task()
    await asyncio.gather(*[task for task in asyncio.all_tasks() if task is not current])
    return order_id


@shared_task
def ship_order(order_id: int) -> int:
    return RUNNER.run(ship(order_id))
