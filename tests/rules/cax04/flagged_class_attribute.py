import asyncio

import httpx
from celery import Task, shared_task


class ApiTask(Task):
    _client: httpx.AsyncClient | None = None

    @property
    def client(self) -> httpx.AsyncClient:
        if self._client is None:
            self._client = httpx.AsyncClient()  # CAX04 "ApiTask._client"
        return self._client


class Gateway:
    client = httpx.AsyncClient(base_url="https://pay.example")  # CAX04 "Gateway.client"

    async def charge(self, order_id: int) -> int:
        return (await self.client.post("/charges", json={"order": order_id})).status_code


async def post(client: httpx.AsyncClient, path: str) -> int:
    return (await client.post(path)).status_code


@shared_task(bind=True, base=ApiTask)
def notify(self, path: str) -> int:
    return asyncio.run(post(self.client, path))  # CAX03


@shared_task
def charge(order_id: int) -> int:
    return asyncio.run(Gateway().charge(order_id))  # CAX03
