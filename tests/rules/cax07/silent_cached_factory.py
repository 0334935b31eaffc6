import asyncio
from functools import lru_cache

from celery import shared_task


@lru_cache(maxsize=None)
def process_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    return loop


async def thumbnail(image_id: int) -> int:
    await asyncio.sleep(0)
    return image_id


@shared_task
def make_thumbnail(image_id: int) -> int:
    return process_loop().run_until_complete(thumbnail(image_id))
