import asyncio

import httpx
from celery import Celery

app = Celery("shop")
client = httpx.AsyncClient()  # CAX04 "asyncio.run() (shop/worker.py:35) takes away"


def loop_of_thread():
    try:
        return asyncio.get_event_loop()
    except RuntimeError:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        return loop


async def load(url):
    response = await client.get(url)
    return response.text


@app.task(queue="pages")
def read_page(url):
    return loop_of_thread().run_until_complete(load(url))  # CAX03


async def summarize():
    return await asyncio.sleep(0, 1)


@app.task(queue="reports")
def write_report():
    return asyncio.run(summarize())  # CAX02
