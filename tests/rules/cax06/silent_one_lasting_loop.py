import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()
LOCK = asyncio.Lock()


async def step(number: int) -> int:
    async with LOCK:
        await asyncio.sleep(0)
        return number


@shared_task
def work(number: int) -> int:
    return RUNNER.run(step(number))
