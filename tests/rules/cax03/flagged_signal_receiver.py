import asyncio

from celery.signals import task_failure
from redis.asyncio import Redis

redis = Redis()  # CAX04


async def count_failure(name: str) -> None:
    await redis.incr(f"failures:{name}")


@task_failure.connect
def on_failure(sender=None, **kwargs) -> None:
    asyncio.run(count_failure(sender.name))  # CAX03 "task_failure receiver 'on_failure'"
