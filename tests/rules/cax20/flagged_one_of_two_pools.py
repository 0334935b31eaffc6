# options: cax-pool=prefork,gevent
from asgiref.sync import async_to_sync
from celery import shared_task


async def fetch(url: str) -> str:
    return url


@shared_task(soft_time_limit=30)
def crawl(url: str) -> str:
    return async_to_sync(fetch)(url)  # CAX20@12 "the gevent pool (cax-pool)"
