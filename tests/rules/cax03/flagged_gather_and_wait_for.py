import asyncio

import httpx
from celery import shared_task

http = httpx.AsyncClient(base_url="https://shop.example")  # CAX04


async def fetch(sku: str) -> str:
    return (await http.get(f"/prices/{sku}")).text


async def fetch_all(skus: list[str]) -> list[str]:
    return await asyncio.gather(*[fetch(sku) for sku in skus])


@shared_task
def update_prices(skus: list[str]) -> list[str]:
    return asyncio.run(asyncio.wait_for(fetch_all(skus), timeout=30))  # CAX03
