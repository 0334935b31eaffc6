import asyncio

import httpx
from celery import shared_task


async def get(client: httpx.AsyncClient, url: str) -> int:
    return (await client.get(url)).status_code


@shared_task
def probe(first: str, second: str) -> int:
    client = httpx.AsyncClient()  # CAX04
    before = asyncio.run(get(client, first))  # CAX03
    after = asyncio.run(get(client, second))  # CAX03
    return max(before, after)
