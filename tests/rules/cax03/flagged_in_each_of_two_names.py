import asyncio
import os

import httpx
from celery import shared_task

_client = None
_other = None


def get_client():
    global _client, _other
    if _client is None:
        if os.environ.get("SLOW"):
            _client = httpx.AsyncClient(timeout=1)  # CAX04
        else:
            _other = httpx.AsyncClient()  # CAX04
    return _client or _other


async def load() -> None:
    await get_client().get("https://example.org/")


@shared_task
def run() -> None:
    asyncio.run(load())  # CAX03
