"""The helper takes the thread's loop, or a new one where there is none; another task's asyncio.run takes it away."""

import asyncio

import httpx
from celery import shared_task

client = httpx.AsyncClient()  # CAX04 "'client'" "asyncio.run() (" ":38) takes away"


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
    return loop_of_thread().run_until_complete(load(url))  # CAX03 "runs on the thread's event loop" "takes away"


async def wait_a_little():
    await asyncio.sleep(0.1)


@shared_task
def pause():
    asyncio.run(wait_a_little())  # CAX02
