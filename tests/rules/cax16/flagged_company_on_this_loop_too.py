"""The coroutine that waits for another thread is gathered itself."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from celery import shared_task


async def load() -> int:
    await asyncio.sleep(0)
    return 1


def load_elsewhere() -> int:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, load()).result()  # CAX02


async def total() -> int:
    await asyncio.sleep(0)
    return load_elsewhere()  # CAX16


async def totals() -> int:
    return sum(await asyncio.gather(total(), total()))


@shared_task
def add_up() -> int:
    return asyncio.run(totals())  # CAX02
