import asyncio

import anyio
from celery import shared_task

LOCK = anyio.Lock()


async def step(number: int) -> int:
    async with LOCK:
        await asyncio.sleep(0)
        return number


@shared_task
def work(number: int) -> int:
    return asyncio.run(step(number))  # CAX02
