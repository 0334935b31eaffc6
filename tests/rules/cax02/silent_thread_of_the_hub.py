import asyncio

import gevent
from celery import shared_task


async def fetch(url: str) -> str:
    await asyncio.sleep(0.1)
    return url


@shared_task
def crawl(url: str) -> str:
    return gevent.get_hub().threadpool.apply(lambda: asyncio.run(fetch(url)))
