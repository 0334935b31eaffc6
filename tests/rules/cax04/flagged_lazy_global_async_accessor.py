import asyncio

import httpx
from celery import shared_task

_global_client = None


async def _get_global_client() -> httpx.AsyncClient:
    global _global_client
    if _global_client is None or _global_client.is_closed:
        _global_client = httpx.AsyncClient(http2=True)  # CAX04@26 "_global_client"
    return _global_client


async def fetch(url: str) -> str:
    client = await _get_global_client()
    return (await client.get(url)).text


@shared_task
def crawl(url: str) -> str:
    return asyncio.run(fetch(url))  # CAX03
