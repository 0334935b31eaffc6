import asyncio

import httpx
from celery import shared_task


class Prices:
    def __init__(self) -> None:
        self.client = httpx.AsyncClient()

    async def fetch(self, sku: str) -> str:
        return (await self.client.get(f"https://shop.example/{sku}")).text


@shared_task
def update(sku: str) -> str:
    # One client, one loop: nothing is met again.
    return asyncio.run(Prices().fetch(sku))  # CAX02
