import asyncio

from celery import shared_task
from fastapi_cache.backends.redis import RedisBackend
from redis.asyncio import Redis


async def forget(key: str) -> None:
    async with Redis.from_url("redis://cache") as client:
        await RedisBackend(client).redis.delete(key)


@shared_task
def refresh(key: str) -> None:
    asyncio.run(forget(key))  # CAX02
