import asyncio
import threading

import httpx
from celery import shared_task

_local = threading.local()


def get_client() -> httpx.AsyncClient:
    if not hasattr(_local, "client"):
        _local.client = httpx.AsyncClient()
    return _local.client


async def fetch(url: str) -> str:
    return (await get_client().get(url)).text  # the thread is another one each time, and so is its client


@shared_task
def refresh(url: str) -> str:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    future = asyncio.run_coroutine_threadsafe(fetch(url), loop)  # CAX02 "gets an event loop and a thread made for each call"
    try:
        return future.result(timeout=30)
    finally:
        future.cancel()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
