import asyncio

import httpx
from celery import shared_task

LIMITS = httpx.Limits(max_keepalive_connections=0)
CLIENT = httpx.AsyncClient(limits=LIMITS)
OTHER = httpx.AsyncClient(limits=httpx.Limits(max_connections=10, max_keepalive_connections=0))


async def fetch(url: str) -> str:
    await OTHER.get(url)
    return (await CLIENT.get(url)).text


@shared_task
def refresh(url: str) -> str:
    return asyncio.run(fetch(url))  # CAX02
