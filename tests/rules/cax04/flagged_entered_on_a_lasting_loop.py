"""One loop for the process, and still the second call fails: leaving ``async with`` has closed the client."""

import asyncio

import httpx
from celery import shared_task

RUNNER = asyncio.Runner()
CLIENT = httpx.AsyncClient(timeout=10)  # CAX04 "'CLIENT'" "'async with' (" ":13) closes it" "task 'read_page'"


async def load(url):
    async with CLIENT as client:
        response = await client.get(url)
    return response.text


@shared_task
def read_page(url):
    return RUNNER.run(load(url))
