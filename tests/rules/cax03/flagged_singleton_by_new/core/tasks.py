import asyncio

from celery import shared_task

from core.redis_manager import RedisManager


async def _touch(key: str) -> None:
    client = RedisManager().get_client()
    await client.touch(key)


@shared_task
def touch(key: str) -> None:
    asyncio.run(_touch(key))  # CAX03
