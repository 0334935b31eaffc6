import asyncio
import threading

import httpx
from celery import shared_task


async def fetch(url: str) -> str:
    async with httpx.AsyncClient() as client:
        return (await client.get(url)).text


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
