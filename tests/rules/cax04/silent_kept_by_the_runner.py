import asyncio

import httpx
from celery import shared_task


async def get(client: httpx.AsyncClient, url: str) -> int:
    return (await client.get(url)).status_code


async def close(client: httpx.AsyncClient) -> None:
    await client.aclose()


@shared_task
def probe(first: str, second: str) -> int:
    client = httpx.AsyncClient()
    with asyncio.Runner() as runner:
        # One loop for all three calls.
        before = runner.run(get(client, first))  # CAX02
        after = runner.run(get(client, second))
        runner.run(close(client))
    return max(before, after)
