import asyncio

from celery import shared_task

from .queries import orders


@shared_task
def export() -> int:
    return len(asyncio.run(orders()))  # CAX03 "_pool" "store/pool.py:9"
