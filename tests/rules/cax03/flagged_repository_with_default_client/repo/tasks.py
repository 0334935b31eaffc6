import asyncio

from celery import shared_task

from repo.orders import Orders


@shared_task
def close(order: int) -> None:
    repository = Orders()
    asyncio.run(repository.close(order))  # CAX03 "elastic"
