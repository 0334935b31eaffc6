import asyncio
import threading

from celery import shared_task
from redis.asyncio import Redis

_local = threading.local()


def get_redis() -> Redis:
    client = getattr(_local, "redis", None)
    if client is None:
        _local.redis = Redis(host="cache")  # CAX04 "_local.redis"
    return _local.redis


async def count(key: str) -> int:
    return await get_redis().incr(key)


@shared_task
def count_visit(key: str) -> int:
    return asyncio.run(count(key))  # CAX03
