"""One loop for the process; a client that is kept and never entered, one that is made where it is entered, and one
that can be used again after it was left."""

import asyncio

import httpx
import redis.asyncio
from celery import shared_task

RUNNER = asyncio.Runner()
CLIENT = httpx.AsyncClient(timeout=10)
CACHE = redis.asyncio.Redis()


async def load(url):
    async with httpx.AsyncClient(timeout=10) as client:
        response = await client.get(url)
    async with CACHE:
        await CACHE.set(url, response.text)
    return (await CLIENT.get(url)).text


@shared_task
def read_page(url):
    return RUNNER.run(load(url))
