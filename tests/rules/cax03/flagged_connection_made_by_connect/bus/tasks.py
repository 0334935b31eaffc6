import asyncio

from celery import shared_task

from bus.broker import broker


@shared_task
def publish(body: str) -> None:
    asyncio.run(broker.publish(body.encode()))  # CAX03 "Broker.connection"
