import asyncio

import redis.asyncio as redis
from celery import shared_task

_client: redis.Redis | None = None
_loop_id: int | None = None


def _current_loop_id() -> int:
    return id(asyncio.get_running_loop())


async def get_redis() -> redis.Redis:
    global _client, _loop_id
    if _client is None or _loop_id != _current_loop_id():
        _client = redis.from_url("redis://cache")
        _loop_id = _current_loop_id()
    return _client


async def count(key: str) -> int:
    return await (await get_redis()).incr(key)


@shared_task
def count_visit(key: str) -> int:
    return asyncio.run(count(key))  # CAX02
