import asyncio

from celery import shared_task

from app.containers import container


@shared_task
def refresh(sku: str) -> None:
    asyncio.run(container.prices().refresh(sku))  # CAX03 "Container.http" "app/containers.py:8"
