import asyncio

import httpx
from celery import shared_task


def get_client():
    if "_client" not in globals():
        globals()["_client"] = httpx.AsyncClient()  # CAX04 "'_client' is kept"
    return globals()["_client"]


def get_other():
    return globals().get("_other") or globals().setdefault("_other", httpx.AsyncClient())  # CAX04@70 "'_other' is kept"


async def fetch():
    await get_client().get("https://example.org/")


async def fetch_other():
    await get_other().get("https://example.org/")


@shared_task
def load():
    asyncio.run(fetch())  # CAX03 "'_client'"


@shared_task
def load_other():
    asyncio.run(fetch_other())  # CAX03 "'_other'"
