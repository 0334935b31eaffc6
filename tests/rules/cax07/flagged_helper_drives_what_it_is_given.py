import asyncio

from celery import shared_task


def drive(loop: asyncio.AbstractEventLoop, order_id: int) -> int:
    return loop.run_until_complete(charge(order_id))


async def charge(order_id: int) -> int:
    await asyncio.sleep(0)
    return order_id


@shared_task
def charge_order(order_id: int) -> int:
    loop = asyncio.new_event_loop()  # CAX07 "never closed"
    return drive(loop, order_id)
