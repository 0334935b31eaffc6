"""The child's receiver makes a loop, whether the parent has made one or not."""

import asyncio

from celery import shared_task
from celery.signals import worker_init, worker_process_init

loop: asyncio.AbstractEventLoop | None = None


@worker_init.connect
def make_loop(**kwargs: object) -> None:
    global loop
    loop = asyncio.new_event_loop()


@worker_process_init.connect
def make_loop_again(**kwargs: object) -> None:
    global loop
    loop = asyncio.new_event_loop()


async def render(page: int) -> str:
    await asyncio.sleep(0)
    return str(page)


@shared_task
def build(page: int) -> str:
    return loop.run_until_complete(render(page))
