"""What is gathered runs on the loop of another thread; on this one the coroutine that waits is alone."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from celery import shared_task


async def load() -> int:
    await asyncio.sleep(0)
    return 1


async def load_all() -> int:
    return sum(await asyncio.gather(load(), load()))


def load_elsewhere() -> int:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, load_all()).result()  # CAX02


async def total() -> int:
    await asyncio.sleep(0)
    return load_elsewhere()


@shared_task
def add_up() -> int:
    return asyncio.run(total())  # CAX02
