import asyncio
import time

from celery import shared_task


async def work() -> None:
    time.sleep(1)  # CAX16


async def one() -> None:
    task = asyncio.create_task(work())
    await asyncio.sleep(1)
    await task


@shared_task
def run() -> None:
    asyncio.run(one())  # CAX02
