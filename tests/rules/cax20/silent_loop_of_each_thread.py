# options: cax-pool=threads
import asyncio
import threading

from celery import shared_task

_local = threading.local()


def run_async(coroutine: object) -> object:
    if not hasattr(_local, "loop"):
        _local.loop = asyncio.new_event_loop()
    return _local.loop.run_until_complete(coroutine)


async def fetch(url: str) -> str:
    await asyncio.sleep(0.1)
    return url


@shared_task
def crawl(url: str) -> object:
    return run_async(fetch(url))
