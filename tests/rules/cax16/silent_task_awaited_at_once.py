import asyncio
import time

from celery import shared_task


async def work() -> None:
    time.sleep(1)


async def one() -> None:
    task = asyncio.create_task(work())
    await task


async def one_more() -> None:
    await asyncio.create_task(work())


@shared_task
def run() -> None:
    asyncio.run(one())  # CAX02
    asyncio.run(one_more())  # CAX02
