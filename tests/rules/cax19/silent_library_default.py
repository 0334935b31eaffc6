import asyncio

import aiohttp
import httpx
from celery import shared_task

RUNNER = asyncio.Runner()
LONG = httpx.Timeout(None, connect=5, read=60)


async def load(url: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return await response.text()


@shared_task
def refresh(url: str) -> str:
    with httpx.Client() as client:
        page = client.get(url).text
    page += httpx.get(url, timeout=LONG).text
    return page + RUNNER.run(load(url))
