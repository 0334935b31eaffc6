import asyncio

from celery import shared_task

_ready: asyncio.Event | None = None


def get_ready() -> asyncio.Event:
    global _ready
    if _ready is None:
        _ready = asyncio.Event()  # CAX06 "_ready"
    return _ready


async def wait_and_work() -> int:
    await get_ready().wait()
    return 1


@shared_task
def work() -> int:
    return asyncio.run(asyncio.wait_for(wait_and_work(), 5))  # CAX02
