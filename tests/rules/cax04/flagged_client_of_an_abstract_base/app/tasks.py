import asyncio

from celery import shared_task

from app.registry import connector


@shared_task
def sync(name: str) -> None:
    asyncio.run(connector("github").issues())  # CAX03 "Connector.client"
