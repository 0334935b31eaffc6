import asyncio

import aiohttp
from celery import shared_task

LIMIT = asyncio.Semaphore(5)  # CAX06@9 "'LIMIT' binds to the loop that first waits for it" "asyncio.run()"


async def fetch(session: aiohttp.ClientSession, url: str) -> str:
    async with LIMIT, session.get(url) as response:
        return await response.text()


async def fetch_all(urls: list[str]) -> list[str]:
    async with aiohttp.ClientSession() as session:
        return await asyncio.gather(*[fetch(session, url) for url in urls])


@shared_task
def crawl(urls: list[str]) -> list[str]:
    return asyncio.run(fetch_all(urls))  # CAX02
