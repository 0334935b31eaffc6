import asyncio
from concurrent.futures import ThreadPoolExecutor

from celery import shared_task


def run_async(coro):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coro)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coro).result()


async def work() -> None:
    await asyncio.sleep(0)


async def outer() -> None:
    run_async(work())


@shared_task
def refresh() -> None:
    asyncio.run(outer())  # CAX02
