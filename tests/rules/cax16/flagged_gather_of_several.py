"""As many as are appended run beside each other."""

import asyncio
import time

from celery import shared_task


async def load() -> None:
    time.sleep(1)  # CAX16
    await asyncio.sleep(0)


async def store() -> None:
    time.sleep(1)  # CAX16
    await asyncio.sleep(0)


async def send() -> None:
    time.sleep(1)  # CAX16
    await asyncio.sleep(0)


async def load_all() -> None:
    pending = []
    for _ in range(2):
        pending.append(load())
    await asyncio.gather(*pending)


async def store_all() -> None:
    pending = [store()]
    pending.append(store())
    await asyncio.gather(*pending)


@shared_task
def load_them() -> None:
    asyncio.run(load_all())  # CAX02


@shared_task
def store_them() -> None:
    asyncio.run(store_all())  # CAX02


@shared_task
def send_them() -> None:
    loop = asyncio.new_event_loop()
    try:
        futures = [asyncio.ensure_future(send(), loop=loop) for _ in range(2)]
        loop.run_until_complete(asyncio.wait(futures))  # CAX02
    finally:
        loop.close()
