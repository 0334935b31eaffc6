import asyncio

import httpx
from celery import shared_task


async def fetch(url: str) -> str:
    async with httpx.AsyncClient(timeout=10) as client:
        response = await client.get(url)
    return response.text


@shared_task
def refresh(url: str) -> str:
    return asyncio.run(fetch(url))  # CAX02
