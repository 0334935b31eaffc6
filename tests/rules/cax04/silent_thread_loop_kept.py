"""The helper takes the thread's loop, or a new one where there is none, and nothing takes that loop away."""

import asyncio

import httpx
from celery import shared_task

client = httpx.AsyncClient()


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
    return loop_of_thread().run_until_complete(load(url))


def main():
    asyncio.run(load("https://example.org"))  # a command, not worker code
