import asyncio

import httpx
from celery import shared_task


class Clients:
    _by_tenant: dict[str, httpx.AsyncClient] = {}

    @classmethod
    def of(cls, tenant: str) -> httpx.AsyncClient:
        if tenant not in cls._by_tenant:
            cls._by_tenant[tenant] = httpx.AsyncClient(base_url=f"https://{tenant}.example")  # CAX04
        return cls._by_tenant[tenant]


_clients: dict[str, httpx.AsyncClient] = {}


def client_of(tenant: str) -> httpx.AsyncClient:
    client = _clients.get(tenant)
    if client is None:
        client = _clients[tenant] = httpx.AsyncClient(base_url=f"https://{tenant}.example")  # CAX04 "_clients"
    return client


async def sync(tenant: str) -> int:
    first = await Clients.of(tenant).get("/users")
    second = await client_of(tenant).get("/users")
    return first.status_code + second.status_code


@shared_task
def sync_tenant(tenant: str) -> int:
    return asyncio.run(sync(tenant))  # CAX03
