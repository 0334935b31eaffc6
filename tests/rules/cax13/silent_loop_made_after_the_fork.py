import asyncio

from celery import shared_task
from celery.signals import worker_process_init, worker_process_shutdown

loop: asyncio.AbstractEventLoop | None = None


@worker_process_init.connect
def start(**kwargs: object) -> None:
    global loop
    loop = asyncio.new_event_loop()


@worker_process_shutdown.connect
def stop(**kwargs: object) -> None:
    loop.close()


async def render(page: int) -> str:
    await asyncio.sleep(0)
    return str(page)


@shared_task
def build(page: int) -> str:
    return loop.run_until_complete(render(page))
