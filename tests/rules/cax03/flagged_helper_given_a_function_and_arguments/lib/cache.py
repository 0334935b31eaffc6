from redis import asyncio as aioredis

_redis = None


def get_redis() -> aioredis.Redis:
    global _redis
    if _redis is None:
        # the default pool
        _redis = aioredis.Redis.from_url("redis://cache")  # CAX04
    return _redis


async def forget(key: str) -> None:
    await get_redis().delete(key)
