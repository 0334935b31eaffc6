import asyncio

import httpx
from celery import shared_task


async def fetch(page: int, client=httpx.AsyncClient()) -> None:  # CAX04
    await client.get(f"https://shop.example.org/{page}")


async def fetch_anew(page: int, client=None) -> None:
    client = client or httpx.AsyncClient()
    await client.get(f"https://shop.example.org/{page}")


@shared_task
def kept(page: int) -> None:
    asyncio.run(fetch(page))  # CAX03 "client"


@shared_task
def given(page: int) -> None:
    asyncio.run(fetch(page, httpx.AsyncClient()))  # CAX02


@shared_task
def anew(page: int) -> None:
    asyncio.run(fetch_anew(page))  # CAX02


@shared_task
def nested(page: int) -> None:
    async def fetch_nested(client=httpx.AsyncClient()) -> None:
        await client.get(f"https://shop.example.org/{page}")

    asyncio.run(fetch_nested())  # CAX02
