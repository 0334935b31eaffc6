import asyncio
import time

from celery import shared_task


def run(coroutine):
    return asyncio.run(coroutine)  # CAX02


async def pause() -> None:
    time.sleep(1)


async def pause_beside() -> None:
    time.sleep(1)  # CAX16


async def alone() -> None:
    await pause()


async def both() -> None:
    await asyncio.gather(pause_beside(), asyncio.sleep(1))


@shared_task
def one() -> None:
    run(alone())


@shared_task
def other() -> None:
    run(both())
