import asyncio
import threading

import httpx
from celery import shared_task

CLIENT = httpx.AsyncClient()  # CAX04 "runs on an event loop made for this call"


async def fetch(url: str) -> str:
    return (await CLIENT.get(url)).text


def run_in_thread(url: str) -> str:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    future = asyncio.run_coroutine_threadsafe(fetch(url), loop)  # CAX03 "runs on an event loop made for this call"
    try:
        return future.result(timeout=30)
    finally:
        future.cancel()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@shared_task
def refresh(url: str) -> str:
    return run_in_thread(url)
