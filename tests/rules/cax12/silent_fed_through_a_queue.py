import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


async def audit(order_id: int) -> None:
    await asyncio.sleep(1)


async def produce(queue: asyncio.Queue[int | None], order_id: int) -> None:
    for number in range(order_id):
        await queue.put(number)
    await queue.put(None)


async def ship(order_id: int) -> int:
    queue: asyncio.Queue[int | None] = asyncio.Queue()
    asyncio.create_task(produce(queue, order_id))
    while (number := await queue.get()) is not None:
        await audit(number)
    return order_id


@shared_task
def ship_order(order_id: int) -> int:
    return RUNNER.run(ship(order_id))
