import asyncio

import httpx
from celery import shared_task

RUNNER = asyncio.Runner()


async def fetch(url: str) -> str:
    client = httpx.AsyncClient(timeout=10)
    try:
        return (await client.get(url)).text
    finally:
        await client.aclose()


@shared_task
def crawl(url: str) -> str:
    return RUNNER.run(fetch(url))


async def fetch_once(url: str) -> str:
    client = httpx.AsyncClient(timeout=10)
    response = await client.get(url)
    await client.aclose()
    return response.text


@shared_task
def crawl_once(url: str) -> str:
    return RUNNER.run(fetch_once(url))
