"""That a coroutine gives its loop something to do does not say that what is done there knows of it."""

import asyncio

from celery import shared_task


async def load() -> None:
    await asyncio.sleep(0)


def refresh() -> None:
    loop = asyncio.new_event_loop()  # CAX07 "never closed"
    loop.run_until_complete(load())


def refresh_alone() -> None:
    loop = asyncio.new_event_loop()
    loop.run_until_complete(load())


def refresh_here() -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        refresh_alone()


async def later() -> None:
    asyncio.get_running_loop().call_soon(refresh)  # CAX09
    asyncio.get_running_loop().call_soon(refresh_here)
    await asyncio.sleep(0)


@shared_task
def read() -> None:
    asyncio.run(later())  # CAX02
