"""They run once, before what takes the loop away or closes it, or in another process than that."""

import asyncio

from celery import shared_task
from celery.signals import celeryd_init, worker_init, worker_process_init


async def warm_up() -> None:
    await asyncio.sleep(0)


@celeryd_init.connect
def configure(**kwargs: object) -> None:
    loop = asyncio.get_event_loop()
    loop.run_until_complete(warm_up())


@worker_init.connect
def prepare(**kwargs: object) -> None:
    loop = asyncio.get_event_loop()
    try:
        loop.run_until_complete(warm_up())
    finally:
        loop.close()


@worker_process_init.connect
def check(**kwargs: object) -> None:
    asyncio.run(warm_up())


@shared_task
def refresh() -> None:
    asyncio.run(warm_up())  # CAX02
