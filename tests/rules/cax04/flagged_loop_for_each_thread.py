# options: cax-pool=threads
"""Each thread of the pool has a loop of its own, and the pool of connections is shared by all of them."""

import asyncio

import httpx
from celery import shared_task

client = httpx.AsyncClient()  # CAX04 "the threads pool (cax-pool) has several"


def loop_of_thread():
    try:
        loop = asyncio.get_event_loop()
        if loop.is_closed():
            raise RuntimeError("closed")
    except RuntimeError:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
    return loop


async def load(url):
    response = await client.get(url)
    return response.text


@shared_task
def read_page(url):
    return loop_of_thread().run_until_complete(load(url))  # CAX03 "of which the threads pool"


