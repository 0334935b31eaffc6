import asyncio

from celery import shared_task
from celery.signals import celeryd_init

loop: asyncio.AbstractEventLoop | None = None


@celeryd_init.connect
def make_loop(**kwargs: object) -> None:
    global loop
    loop = asyncio.new_event_loop()  # CAX13@12 "in the celeryd_init receiver 'make_loop'"


async def render(page: int) -> str:
    await asyncio.sleep(0)
    return str(page)


@shared_task
def build(page: int) -> str:
    return loop.run_until_complete(render(page))
