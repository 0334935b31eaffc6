import asyncio

import httpx
from celery import shared_task

client = None


async def connect() -> None:
    global client
    client = httpx.AsyncClient()  # CAX04


async def disconnect() -> None:
    if client is not None and client.is_closed:
        await client.aclose()


async def fetch() -> None:
    await connect()
    try:
        await client.get("https://shop.example.org")
    finally:
        await disconnect()


@shared_task
def run() -> None:
    asyncio.run(fetch())  # CAX03
