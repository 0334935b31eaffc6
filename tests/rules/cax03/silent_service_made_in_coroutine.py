import asyncio

import httpx
from celery import shared_task


class Prices:
    def __init__(self) -> None:
        self.client = httpx.AsyncClient()

    async def fetch(self, sku: str) -> str:
        return (await self.client.get(f"https://shop.example/{sku}")).text

    async def close(self) -> None:
        await self.client.aclose()


async def update_all(skus: list[str]) -> list[str]:
    prices = Prices()
    try:
        return [await prices.fetch(sku) for sku in skus]
    finally:
        await prices.close()


@shared_task
def update(skus: list[str]) -> list[str]:
    return asyncio.run(update_all(skus))  # CAX02
