import asyncio

import httpx
from celery import shared_task

client = httpx.AsyncClient()


async def fetch() -> None:
    await client.get("https://shop.example.org")


def run_sync(coroutine):
    return asyncio.run(coroutine)


async def work() -> None:
    run_sync(fetch())  # CAX09


@shared_task
def run() -> None:
    asyncio.run(work())  # CAX02
