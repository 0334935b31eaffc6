import asyncio
import threading

import httpx
from celery import shared_task

LOCAL = threading.local()
SHARED = threading.local()


def local_client():
    client = getattr(LOCAL, "client", None)
    if client is None:
        client = httpx.AsyncClient()  # CAX04
        LOCAL.client = client
    return client


def shared_client():
    if not hasattr(SHARED, "client"):
        setattr(SHARED, "client", httpx.AsyncClient())  # CAX04
    return getattr(SHARED, "client")


def fresh_client():
    client = getattr(LOCAL, "other", None)
    if client is None:
        client = httpx.AsyncClient()
    return client


async def fetch() -> None:
    await local_client().get("https://shop.example.org")


async def fetch_shared() -> None:
    await shared_client().get("https://shop.example.org")


async def fetch_fresh() -> None:
    await fresh_client().get("https://shop.example.org")


@shared_task
def by_an_assignment() -> None:
    asyncio.run(fetch())  # CAX03


@shared_task
def by_setattr() -> None:
    asyncio.run(fetch_shared())  # CAX03


@shared_task
def anew() -> None:
    asyncio.run(fetch_fresh())  # CAX02
