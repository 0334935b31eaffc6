from collections.abc import Awaitable

import anyio
from asgiref.sync import async_to_sync
from celery import shared_task


async def work() -> int:
    return 1


def compute() -> Awaitable[int]:
    return work()


@shared_task
def start() -> None:
    anyio.run(compute)  # CAX02
    async_to_sync(compute)()  # CAX02
