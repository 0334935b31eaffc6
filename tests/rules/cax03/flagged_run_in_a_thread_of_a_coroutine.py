import asyncio
from concurrent.futures import ThreadPoolExecutor

import httpx
from celery import shared_task

client = httpx.AsyncClient()  # CAX04


async def fetch() -> None:
    await client.get("https://example.org/")


def fetch_in_thread() -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, fetch())  # CAX03 "client"


async def outer() -> None:
    fetch_in_thread()


@shared_task
def refresh() -> None:
    asyncio.run(outer())  # CAX02
