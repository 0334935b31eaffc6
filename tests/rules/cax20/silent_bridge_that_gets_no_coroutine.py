# options: cax-pool=gevent
import asyncio

from celery import shared_task


def count() -> int:
    return 3


@shared_task
def report() -> None:
    asyncio.run(count())  # CAX11
