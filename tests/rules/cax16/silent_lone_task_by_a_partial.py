import asyncio
import functools
import time

from celery import shared_task


async def send(address: str) -> None:
    time.sleep(1)
    await asyncio.sleep(0)


send_to_us = functools.partial(send, "us@example.org")


async def work() -> None:
    await send_to_us()


@shared_task
def run() -> None:
    asyncio.run(work())  # CAX02
