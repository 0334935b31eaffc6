import asyncio
import threading

import httpx
from celery import shared_task
from celery.signals import worker_process_init

CLIENT = httpx.AsyncClient()
_loop: asyncio.AbstractEventLoop | None = None


@worker_process_init.connect
def start_loop(**kwargs) -> None:
    global _loop
    _loop = asyncio.new_event_loop()
    threading.Thread(target=_loop.run_forever, daemon=True).start()


async def fetch(url: str) -> str:
    return (await CLIENT.get(url)).text


@shared_task
def refresh(url: str) -> str:
    future = asyncio.run_coroutine_threadsafe(fetch(url), _loop)
    try:
        return future.result(timeout=30)
    except BaseException:
        future.cancel()
        raise
