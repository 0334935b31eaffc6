import asyncio
import os

import httpx
from celery import shared_task

_client = None


def get_client():
    global _client
    if _client is None:
        if os.environ.get("SLOW"):
            _client = httpx.AsyncClient(timeout=1)  # CAX04
        else:
            _client = httpx.AsyncClient()
    return _client


async def load() -> None:
    await get_client().get("https://example.org/")


@shared_task
def run() -> None:
    asyncio.run(load())  # CAX03
