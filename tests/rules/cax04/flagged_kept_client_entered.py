import asyncio

import httpx
from celery import shared_task

CLIENT = httpx.AsyncClient()  # CAX04


async def fetch(url: str) -> str:
    # The second entry raises: Cannot reopen a client instance, once it has been closed.
    async with CLIENT as client:
        return (await client.get(url)).text


@shared_task
def refresh(url: str) -> str:
    return asyncio.run(fetch(url))  # CAX03
