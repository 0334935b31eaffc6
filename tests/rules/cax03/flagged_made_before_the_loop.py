import asyncio

import httpx
from celery import shared_task


async def fetch(client: httpx.AsyncClient, page: int) -> None:
    await client.get(f"https://shop.example.org/{page}")


@shared_task
def made_once(pages: list[int]) -> None:
    client = httpx.AsyncClient()  # CAX04
    for page in pages:
        asyncio.run(fetch(client, page))  # CAX03


@shared_task
def made_each_time(pages: list[int]) -> None:
    for page in pages:
        client = httpx.AsyncClient()
        asyncio.run(fetch(client, page))  # CAX02
