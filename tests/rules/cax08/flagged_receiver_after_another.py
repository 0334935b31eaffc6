"""The receiver above it runs first, and takes the loop of the process away; a task closes the loop for the next one."""

import asyncio

from celery import shared_task
from celery.signals import worker_process_init


async def warm_up() -> None:
    await asyncio.sleep(0)


@worker_process_init.connect
def check(**kwargs: object) -> None:
    asyncio.run(warm_up())


@worker_process_init.connect
def prepare(**kwargs: object) -> None:
    asyncio.get_event_loop().run_until_complete(warm_up())  # CAX08 "asyncio.run() (app/flagged_receiver_after_another.py:15)"


def run_and_close() -> None:
    loop = asyncio.get_event_loop()  # CAX08 "closed loop from the second call on"
    loop.run_until_complete(warm_up())
    loop.close()


@shared_task
def close_it() -> None:
    run_and_close()
