import asyncio

import httpx

from app.loops import loop_key

_clients: dict[int, httpx.AsyncClient] = {}


def client() -> httpx.AsyncClient:
    key = loop_key()
    if key not in _clients:
        _clients[key] = httpx.AsyncClient()
    return _clients[key]
