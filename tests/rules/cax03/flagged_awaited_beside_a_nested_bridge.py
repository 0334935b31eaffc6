import asyncio

import httpx
from celery import shared_task

client = httpx.AsyncClient()  # CAX04


async def fetch() -> None:
    await client.get("https://shop.example.org")



async def work() -> None:
    await fetch()


@shared_task
def run() -> None:
    asyncio.run(work())  # CAX03
