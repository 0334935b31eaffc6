"""The task itself is the coroutine that a decorator runs, on one of two loops: its client is of the loop it is on."""

import asyncio
import functools
import os

import httpx
from celery import shared_task


def as_task(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        if os.environ.get("ASYNC_DEBUG"):
            return asyncio.run(function(*args, **kwargs), debug=True)  # CAX02
        return asyncio.run(function(*args, **kwargs))  # CAX02

    return wrapper


class Catalog:
    def __init__(self):
        self.client = httpx.AsyncClient()

    async def price(self, sku):
        response = await self.client.get(f"https://catalog.example/{sku}")
        return response.json()["price"]


@shared_task
@as_task
async def refresh_prices(skus):
    catalog = Catalog()
    return [await catalog.price(sku) for sku in skus]
