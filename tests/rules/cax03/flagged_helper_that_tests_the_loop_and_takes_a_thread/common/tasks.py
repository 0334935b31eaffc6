from celery import shared_task

from common.redis import redis
from common.sync import run_sync


async def _count(key: str) -> int:
    return await redis.incr(key)


@shared_task
def count(key: str) -> int:
    return run_sync(_count(key))
