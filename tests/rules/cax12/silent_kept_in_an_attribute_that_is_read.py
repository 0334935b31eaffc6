"""Somebody reads the attribute, the second half of a wait, or the task that was shielded."""

import asyncio

from celery import shared_task


async def audit(order_id: int) -> None:
    await asyncio.sleep(1)


class Shipping:
    def start(self, order_id: int) -> None:
        self._auditing = asyncio.create_task(audit(order_id))
        self._auditing.add_done_callback(print)

    async def ship(self) -> None:
        await asyncio.sleep(0)


async def ship(order_id: int) -> int:
    shipping = Shipping()
    shipping.start(order_id)
    await shipping.ship()
    shipping._auditing.cancel()
    return order_id


async def ship_first(order_id: int) -> None:
    moment = asyncio.create_task(asyncio.sleep(0))
    auditing = asyncio.create_task(audit(order_id))
    _, left = await asyncio.wait([moment, auditing], return_when=asyncio.FIRST_COMPLETED)
    for task in left:
        task.cancel()


async def ship_in_time(order_id: int) -> None:
    tasks = [asyncio.create_task(audit(order_id))]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()


async def ship_shielded(order_id: int) -> None:
    auditing = asyncio.create_task(audit(order_id))
    try:
        await asyncio.wait_for(asyncio.shield(auditing), 1)
    except asyncio.TimeoutError:
        await auditing


async def ship_until(order_id: int) -> None:
    await asyncio.wait([asyncio.create_task(audit(order_id))], timeout=None)


async def ship_all(order_id: int) -> None:
    await ship(order_id)
    await ship_first(order_id)
    await ship_in_time(order_id)
    await ship_shielded(order_id)
    await ship_until(order_id)


@shared_task
def ship_order(order_id: int) -> None:
    asyncio.run(ship_all(order_id))  # CAX02
