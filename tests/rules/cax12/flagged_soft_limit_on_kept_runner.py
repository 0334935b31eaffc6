import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


async def audit(order_id: int) -> None:
    await asyncio.sleep(1)


@shared_task(soft_time_limit=30)
def audit_order(order_id: int) -> None:
    RUNNER.run(audit(order_id))  # CAX12@5 "soft time limit of task 'audit_order'" "Runner.run()"
