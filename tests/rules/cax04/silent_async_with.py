import asyncio

import aiohttp
import httpx
from celery import shared_task


async def fetch(url: str) -> str:
    connector = aiohttp.TCPConnector(limit=5)
    async with aiohttp.ClientSession(connector=connector) as session, session.get(url) as response:
        return await response.text()


async def fetch_too(url: str) -> str:
    client = httpx.AsyncClient()
    try:
        return (await client.get(url)).text
    finally:
        await client.aclose()


@shared_task
def refresh(url: str) -> str:
    async def both() -> str:
        return await fetch(url) + await fetch_too(url)

    return asyncio.run(both())  # CAX02
