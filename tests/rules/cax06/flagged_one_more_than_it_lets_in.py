import asyncio

from celery import shared_task

LIMIT = asyncio.Semaphore(2)  # CAX06 "LIMIT"


async def call(number: int) -> int:
    async with LIMIT:
        await asyncio.sleep(0)
    return number


async def fan_out() -> None:
    await asyncio.gather(call(1), call(2), call(3))


@shared_task
def crawl() -> None:
    asyncio.run(fan_out())  # CAX02
