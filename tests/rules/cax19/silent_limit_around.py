import asyncio

import httpx
import requests
from celery import shared_task
from gevent import Timeout

RUNNER = asyncio.Runner()


async def load(url: str) -> str:
    async with httpx.AsyncClient(timeout=None) as client:
        return (await client.get(url)).text


async def load_in_time(url: str) -> str:
    return await asyncio.wait_for(load(url), timeout=30)


@shared_task
def refresh(url: str) -> str:
    with Timeout(5, False):
        requests.get(url)
    return RUNNER.run(load_in_time(url))
