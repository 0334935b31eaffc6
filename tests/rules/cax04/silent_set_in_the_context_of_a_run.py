import asyncio
from contextvars import ContextVar

import httpx
from celery import shared_task

_client: ContextVar[httpx.AsyncClient | None] = ContextVar("client", default=None)


def use_client() -> httpx.AsyncClient:
    client = _client.get()
    if client is None:
        client = httpx.AsyncClient()
        _client.set(client)
    return client


async def fetch(url: str) -> str:
    return (await use_client().get(url)).text


@shared_task
def refresh(url: str) -> str:
    return asyncio.run(fetch(url))  # CAX02
