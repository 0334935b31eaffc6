import asyncio

import aiohttp
import httpx
import requests
from celery import shared_task

RUNNER = asyncio.Runner()


async def load(url: str) -> str:
    async with httpx.AsyncClient(timeout=None) as client:  # CAX19@16 "httpx.AsyncClient() has its time-out switched off"
        first = (await client.get(url)).text
    async with aiohttp.ClientSession() as session, session.get(url, timeout=None) as response:  # CAX19 "aiohttp.ClientSession.get()"
        second = await response.text()
    limit = aiohttp.ClientTimeout(total=None)
    async with aiohttp.ClientSession(timeout=limit) as session, session.get(url) as response:  # CAX19 "aiohttp.ClientSession()"
        return first + second + await response.text()


@shared_task
def refresh(url: str) -> str:
    requests.get(url, timeout=None)  # CAX19 "switched off"
    httpx.get(url, timeout=httpx.Timeout(None))  # CAX19 "httpx.get()"
    return RUNNER.run(load(url))
