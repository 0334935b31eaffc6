import asyncio

import httpx
from celery import shared_task


async def fetch(client: httpx.AsyncClient) -> None:
    await client.get("https://example.org/")


def fetch_twice() -> None:
    client = httpx.AsyncClient()  # CAX04 "AsyncClient"
    for _ in range(2):
        asyncio.run(fetch(client))  # CAX03 "AsyncClient"


@shared_task
def refresh() -> None:
    for _ in range(2):
        fetch_twice()
