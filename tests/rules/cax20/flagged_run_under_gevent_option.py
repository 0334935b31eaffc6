# options: cax-pool=gevent
import asyncio

from celery import shared_task


async def fetch(url: str) -> str:
    await asyncio.sleep(0.1)
    return url


@shared_task
def crawl(url: str) -> str:
    return asyncio.run(fetch(url))  # CAX20@12 "asyncio.run()" "the gevent pool (cax-pool)" "in task 'crawl'"
