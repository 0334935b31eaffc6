"""The same spelling on a dict that each call makes: nothing is kept."""

import asyncio

import httpx
from celery import shared_task


def known():
    return {}


def get_client():
    known()["_client"] = httpx.AsyncClient()
    return known()["_client"]


async def fetch():
    await get_client().get("https://example.org/")


@shared_task
def load():
    asyncio.run(fetch())  # CAX02
