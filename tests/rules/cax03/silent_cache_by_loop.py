import asyncio

import httpx
from celery import shared_task

_clients: dict[asyncio.AbstractEventLoop, httpx.AsyncClient] = {}
_client: httpx.AsyncClient | None = None
_client_loop: asyncio.AbstractEventLoop | None = None


def client_for_loop() -> httpx.AsyncClient:
    loop = asyncio.get_running_loop()
    if loop not in _clients:
        _clients[loop] = httpx.AsyncClient()
    return _clients[loop]


def shared_client() -> httpx.AsyncClient:
    global _client, _client_loop
    current = asyncio.get_running_loop()
    if _client is None or _client_loop is not current:
        _client = httpx.AsyncClient()
        _client_loop = current
    return _client


async def fetch(url: str) -> str:
    first = await client_for_loop().get(url)
    second = await shared_client().get(url)
    return first.text + second.text


@shared_task
def refresh(url: str) -> str:
    return asyncio.run(fetch(url))  # CAX02
