import asyncio

from celery import shared_task

from app.repo import Repository
from app.store import Store


@shared_task
def count() -> int:
    return asyncio.run(Repository(Store()).count())  # CAX03 "Store._pool"
