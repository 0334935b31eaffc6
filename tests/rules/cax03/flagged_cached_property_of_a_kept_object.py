import asyncio
from functools import cached_property

import httpx
from celery import shared_task


class Shop:
    @cached_property
    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient()  # CAX04 "Shop.client"


class Other:
    @property
    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient()


shop = Shop()
other = Other()


async def fetch() -> None:
    await shop.client.get("https://shop.example.org")


async def fetch_anew() -> None:
    await other.client.get("https://shop.example.org")


async def fetch_of_its_own() -> None:
    await Shop().client.get("https://shop.example.org")


@shared_task
def kept() -> None:
    asyncio.run(fetch())  # CAX03 "Shop.client"


@shared_task
def anew() -> None:
    asyncio.run(fetch_anew())  # CAX02


@shared_task
def of_its_own() -> None:
    asyncio.run(fetch_of_its_own())  # CAX02
