import redis.asyncio as redis
from asgiref.sync import async_to_sync
from celery import shared_task

cache = redis.Redis.from_url("redis://localhost")  # CAX04


async def warm(key: str) -> None:
    await cache.set(key, "1", ex=60)


@shared_task
def warm_up(key: str) -> None:
    async_to_sync(warm)(key)  # CAX03
    async_to_sync(cache.aclose)()  # CAX15@5 "'cache'"
