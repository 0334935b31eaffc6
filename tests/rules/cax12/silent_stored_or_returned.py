import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


async def audit(order_id: int) -> None:
    await asyncio.sleep(1)


class Shipping:
    def __init__(self) -> None:
        self.auditing: asyncio.Task[None] | None = None
        self.tasks: set[asyncio.Task[None]] = set()

    def start(self, order_id: int) -> asyncio.Task[None]:
        self.auditing = asyncio.create_task(audit(order_id))
        self.tasks.add(asyncio.create_task(audit(order_id + 1)))
        return asyncio.create_task(audit(order_id + 2))

    async def finish(self) -> None:
        if self.auditing is not None:
            await self.auditing
        await asyncio.gather(*self.tasks)


async def ship(order_id: int) -> int:
    shipping = Shipping()
    await shipping.start(order_id)
    await shipping.finish()
    return order_id


@shared_task
def ship_order(order_id: int) -> int:
    return RUNNER.run(ship(order_id))
