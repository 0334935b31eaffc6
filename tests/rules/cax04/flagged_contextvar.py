import asyncio
from contextvars import ContextVar

import httpx
from celery import shared_task

_client: ContextVar[httpx.AsyncClient] = ContextVar("client")


def use_client() -> httpx.AsyncClient:
    try:
        return _client.get()
    except LookupError:
        client = httpx.AsyncClient()  # CAX04
        _client.set(client)
        return client


async def fetch(url: str) -> str:
    return (await use_client().get(url)).text


@shared_task
def refresh(url: str) -> str:
    use_client()
    return asyncio.run(fetch(url))  # CAX03
