import asyncio

from celery import shared_task

LIMIT = asyncio.Semaphore(20)  # CAX06 "LIMIT"


async def call(number: int) -> int:
    async with LIMIT:
        await asyncio.sleep(0)
    return number


async def fan_out() -> None:
    await asyncio.gather(*map(call, range(30)))


@shared_task
def crawl() -> None:
    asyncio.run(fan_out())  # CAX02
