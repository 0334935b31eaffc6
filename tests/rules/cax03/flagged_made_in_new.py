import asyncio

import httpx
from celery import shared_task


class Kept:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.client = httpx.AsyncClient()  # CAX04
        return cls._instance


class KeptByName:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            made = object.__new__(cls)
            made.client = httpx.AsyncClient()  # CAX04
            cls._instance = made
        return cls._instance


class Anew:
    def __new__(cls):
        made = super().__new__(cls)
        made.client = httpx.AsyncClient()
        return made


async def fetch() -> None:
    await Kept().client.get("https://shop.example.org")


async def fetch_by_name() -> None:
    await KeptByName().client.get("https://shop.example.org")


async def fetch_anew() -> None:
    await Anew().client.get("https://shop.example.org")


@shared_task
def kept() -> None:
    asyncio.run(fetch())  # CAX03


@shared_task
def kept_by_name() -> None:
    asyncio.run(fetch_by_name())  # CAX03


@shared_task
def anew() -> None:
    asyncio.run(fetch_anew())  # CAX02
