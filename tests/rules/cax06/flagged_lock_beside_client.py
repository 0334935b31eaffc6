import asyncio

import httpx
from celery import shared_task

CLIENT = httpx.AsyncClient()  # CAX04
LOCK = asyncio.Lock()  # CAX06 "LOCK"


async def fetch(url: str) -> str:
    async with LOCK:
        return (await CLIENT.get(url)).text


@shared_task
def refresh(url: str) -> str:
    return asyncio.run(fetch(url))  # CAX03 "'CLIENT'"
