import asyncio

import aiohttp
from celery import shared_task


async def fetch_all(urls: list[str]) -> list[str]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:

        async def fetch(url: str) -> str:
            async with session.get(url) as response:
                return await response.text()

        return await asyncio.gather(*[fetch(url) for url in urls])


@shared_task
def crawl(urls: list[str]) -> list[str]:
    return asyncio.run(fetch_all(urls))  # CAX02@12 "asyncio.run()" "in task 'crawl'"
