import asyncio

from celery import shared_task
from redis.asyncio import Redis

redis = Redis(host="cache")  # CAX04 "redis"


@shared_task(bind=True, max_retries=3)
def refresh(self, key: str) -> bytes:
    async def _run() -> bytes:
        value = await redis.get(key)
        await redis.set(key, value, ex=60)
        return value

    try:
        return asyncio.run(_run())  # CAX03@16 "'redis' (app/flagged_nested_coroutine.py:6)"
    except Exception as error:
        raise self.retry(exc=error)
