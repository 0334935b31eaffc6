import asyncio

import redis
from celery import shared_task

client = redis.Redis(socket_timeout=5, socket_connect_timeout=5)


async def work(key: str) -> str:
    await asyncio.sleep(0)
    return key


@shared_task
def refresh(key: str) -> str:
    client.incr(key)
    return asyncio.run(work(key))  # CAX02
