"""The connections are the pool's: the client on top has none of its own."""

import asyncio

import redis.asyncio as redis
from celery import shared_task

pool = redis.ConnectionPool.from_url("redis://localhost:6379/0")  # CAX04 "'pool'"
cache = redis.Redis(connection_pool=pool)


async def load(key):
    return await cache.get(key)


@shared_task
def read_key(key):
    return asyncio.run(load(key))  # CAX03 "'pool'"
