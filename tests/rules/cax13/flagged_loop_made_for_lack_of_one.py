"""The child's receiver makes a loop only where there is none: the one of the parent is there."""

import asyncio

from celery import shared_task
from celery.signals import worker_init, worker_process_init

loop: asyncio.AbstractEventLoop | None = None
spare: asyncio.AbstractEventLoop | None = None


@worker_init.connect
def make_loops(**kwargs: object) -> None:
    global loop, spare
    loop = asyncio.new_event_loop()  # CAX13 "'loop'"
    spare = asyncio.new_event_loop()  # CAX13 "'spare'"


@worker_process_init.connect
def make_loop(**kwargs: object) -> None:
    global loop
    if loop is None:
        loop = asyncio.new_event_loop()


@worker_process_init.connect
def make_spare(**kwargs: object) -> None:
    global spare
    if spare:
        return
    spare = asyncio.new_event_loop()


async def render(page: int) -> str:
    await asyncio.sleep(0)
    return str(page)


@shared_task
def build(page: int) -> str:
    return loop.run_until_complete(render(page)) + spare.run_until_complete(render(page))
