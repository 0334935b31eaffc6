import asyncio

import httpx
from celery import shared_task


async def fetch(client: httpx.AsyncClient) -> None:
    await client.get("https://example.org/")


def fetch_twice() -> None:
    for _ in range(2):
        client = httpx.AsyncClient()
        asyncio.run(fetch(client))  # CAX02


@shared_task
def refresh() -> None:
    for _ in range(2):
        fetch_twice()
