# options: cax-pool=threads
"""Each thread of the pool has a loop of its own, and a client of its own."""

import asyncio
import threading

import httpx
from celery import shared_task

local = threading.local()


def client_of_thread():
    if not hasattr(local, "client"):
        local.client = httpx.AsyncClient()
    return local.client


def loop_of_thread():
    try:
        return asyncio.get_event_loop()
    except RuntimeError:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        return loop


async def load(url):
    response = await client_of_thread().get(url)
    return response.text


@shared_task
def read_page(url):
    return loop_of_thread().run_until_complete(load(url))
