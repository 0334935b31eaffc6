import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


async def audit(order_id: int) -> None:
    await asyncio.sleep(1)


async def ship(order_id: int) -> int:
    first = asyncio.create_task(audit(order_id))
    second = asyncio.create_task(audit(order_id + 1))
    await first
    await asyncio.wait([second], timeout=5)
    tasks = [asyncio.create_task(audit(number)) for number in range(3)]
    await asyncio.gather(*tasks)
    more = []
    for number in range(3):
        more.append(asyncio.create_task(audit(number)))
    for task in more:
        await task
    await asyncio.create_task(audit(order_id))
    await asyncio.gather(asyncio.create_task(audit(1)), asyncio.ensure_future(audit(2)))
    return order_id


@shared_task
def ship_order(order_id: int) -> int:
    return RUNNER.run(ship(order_id))
