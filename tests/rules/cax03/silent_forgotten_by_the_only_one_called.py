import asyncio

import httpx
from celery import shared_task

_client = None


def get_client():
    global _client
    if _client is None:
        _client = httpx.AsyncClient()
    return _client


async def load() -> None:
    global _client
    _client = None
    await get_client().get("https://example.org/")


async def load_all() -> None:
    await asyncio.sleep(0)
    await load()


@shared_task
def refresh() -> None:
    asyncio.run(load_all())  # CAX02
