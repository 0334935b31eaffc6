import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


async def audit(order_id: int) -> None:
    await asyncio.sleep(1)


def spawn(order_id: int) -> asyncio.Task[None]:
    task = asyncio.create_task(audit(order_id))
    task.set_name(f"audit-{order_id}")
    return task


async def ship(order_id: int) -> int:
    spawn(order_id)  # CAX12@5 "spawn() (app/flagged_helper_hands_out_the_task.py:12)"
    return order_id


@shared_task
def ship_order(order_id: int) -> int:
    return RUNNER.run(ship(order_id))
