"""Nothing runs beside the one coroutine that is gathered."""

import asyncio
import time

from celery import shared_task


async def load() -> None:
    time.sleep(1)
    await asyncio.sleep(0)


async def load_stored() -> None:
    pending = []
    pending.append(load())
    await asyncio.gather(*pending)


async def load_safely() -> None:
    await asyncio.gather(load(), return_exceptions=True)


@shared_task
def load_it() -> None:
    asyncio.run(load_stored())  # CAX02


@shared_task
def load_it_safely() -> None:
    asyncio.run(load_safely())  # CAX02
