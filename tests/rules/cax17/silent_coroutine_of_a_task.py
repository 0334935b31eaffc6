# options: cax-enable=CAX17
import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


@shared_task
def index(order_id: int) -> None:
    print(order_id)


async def _import(last: int) -> None:
    for order_id in range(last):
        await asyncio.sleep(0)
        index.delay(order_id)


@shared_task
def load(last: int) -> None:
    RUNNER.run(_import(last))
