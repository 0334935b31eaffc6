"""An attribute that nobody reads waits for nothing, nor does a wait that ends before the task, or a shield."""

import asyncio

from celery import shared_task


async def audit(order_id: int) -> None:
    await asyncio.sleep(1)


class Shipping:
    def start(self, order_id: int) -> None:
        self._auditing = asyncio.create_task(audit(order_id))  # CAX12 "(kept in 'self._auditing')"
        self._auditing.add_done_callback(print)

    async def ship(self) -> None:
        await asyncio.sleep(0)


async def ship(order_id: int) -> int:
    shipping = Shipping()
    shipping.start(order_id)
    await shipping.ship()
    return order_id


async def ship_first(order_id: int) -> None:
    moment = asyncio.create_task(asyncio.sleep(0))
    auditing = asyncio.create_task(audit(order_id))  # CAX12 "nothing waits for the task"
    done, _ = await asyncio.wait([moment, auditing], return_when=asyncio.FIRST_COMPLETED)
    print(len(done))


async def ship_shielded(order_id: int) -> None:
    try:
        await asyncio.wait_for(asyncio.shield(audit(order_id)), 1)  # CAX12 "what shield() keeps going"
    except asyncio.TimeoutError:
        print("later")


async def ship_all(order_id: int) -> None:
    await ship(order_id)
    await ship_first(order_id)
    await ship_shielded(order_id)


@shared_task
def ship_order(order_id: int) -> None:
    asyncio.run(ship_all(order_id))  # CAX02
