"""What a thread keeps in a name space of its own is kept as well."""

import asyncio
import threading
from types import SimpleNamespace

import httpx
from celery import shared_task

local = threading.local()


def client_of_thread():
    if not hasattr(local, "state"):
        local.state = SimpleNamespace()
        local.state.client = httpx.AsyncClient()  # CAX04 "'local.state.client'"
    return local.state.client


async def load(url):
    response = await client_of_thread().get(url)
    return response.text


@shared_task
def read_page(url):
    return asyncio.run(load(url))  # CAX03
