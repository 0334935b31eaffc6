import asyncio

import redis.asyncio as redis
from celery import shared_task

_redis: redis.Redis | None = None


def get_redis() -> redis.Redis:
    global _redis
    if _redis is None:
        _redis = redis.Redis.from_url("redis://cache/0", decode_responses=True)  # CAX04@18 "_redis"
    return _redis


async def invalidate(keys: list[str]) -> int:
    return await get_redis().delete(*keys)


@shared_task
def invalidate_cache(keys: list[str]) -> int:
    return asyncio.run(invalidate(keys))  # CAX03 "_redis"
