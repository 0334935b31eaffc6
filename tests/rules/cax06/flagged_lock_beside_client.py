import asyncio

import httpx
from celery import shared_task

CLIENT = httpx.AsyncClient()  # CAX04
LOCK = asyncio.Lock()  # CAX06 "LOCK"


async def fetch(url: str) -> str:
    async with LOCK:
        return (await CLIENT.get(url)).text


async def fetch_all(urls: list[str]) -> list[str]:
    return await asyncio.gather(*[fetch(url) for url in urls])


@shared_task
def refresh(urls: list[str]) -> list[str]:
    return asyncio.run(fetch_all(urls))  # CAX03 "'CLIENT'"
