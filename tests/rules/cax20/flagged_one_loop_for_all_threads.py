# options: cax-pool=threads
import asyncio

from celery import shared_task

LOOP = asyncio.new_event_loop()


async def fetch(url: str) -> str:
    await asyncio.sleep(0.1)
    return url


@shared_task
def crawl(url: str) -> str:
    return LOOP.run_until_complete(fetch(url))  # CAX20@12 "the threads pool (cax-pool)"
