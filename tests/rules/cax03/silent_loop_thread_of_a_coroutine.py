import asyncio
import threading

import httpx
from celery import shared_task

client = httpx.AsyncClient()
_loop = None


def owner():
    global _loop
    if _loop is None:
        _loop = asyncio.new_event_loop()
        threading.Thread(target=_loop.run_forever, daemon=True).start()
    return _loop


async def fetch() -> None:
    await client.get("https://example.org/")


async def outer() -> None:
    await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(fetch(), owner()))


@shared_task
def refresh() -> None:
    asyncio.run(outer())  # CAX02
