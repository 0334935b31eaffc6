import asyncio

import redis.asyncio as aioredis
from celery import shared_task

_pool: aioredis.Redis | None = None


def build_redis() -> aioredis.Redis:
    return aioredis.from_url("redis://cache")


def get_or_create_redis() -> aioredis.Redis:
    """For the API only."""
    global _pool
    if _pool is None:
        _pool = build_redis()
    return _pool


async def api_read(key: str) -> bytes:
    return await get_or_create_redis().get(key)


async def invalidate(key: str) -> None:
    redis = build_redis()
    try:
        await redis.delete(key)
    finally:
        await redis.aclose()


@shared_task
def invalidate_key(key: str) -> None:
    asyncio.run(invalidate(key))  # CAX02
