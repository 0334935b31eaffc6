import asyncio

from celery import shared_task
from fastapi_cache import FastAPICache
from fastapi_cache.backends.redis import RedisBackend
from redis.asyncio import Redis

FastAPICache.init(RedisBackend(Redis.from_url("redis://cache")))  # CAX04 "'FastAPICache'"


async def forget(key: str) -> None:
    await FastAPICache.get_backend().redis.delete(key)


@shared_task
def refresh(key: str) -> None:
    asyncio.run(forget(key))  # CAX03
