# options: cax-pool=gevent
import asyncio
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import gevent
from celery import shared_task

EXECUTOR = ThreadPoolExecutor(max_workers=1)
_thread = None


async def fetch(url: str) -> str:
    await asyncio.sleep(0.1)
    return url


async def serve() -> None:
    while True:
        await asyncio.sleep(1)


@shared_task
def crawl(url: str) -> str:
    return gevent.get_hub().threadpool.apply(lambda: asyncio.run(fetch(url)))


@shared_task
def crawl_in_turns(url: str) -> str:
    return EXECUTOR.submit(lambda: asyncio.run(fetch(url))).result()  # CAX02


@shared_task
def crawl_in_a_process(url: str) -> str:
    with ProcessPoolExecutor() as executor:
        return executor.submit(crawl_here, url).result()


def crawl_here(url: str) -> str:
    return asyncio.run(fetch(url))  # CAX02


@shared_task
def ensure_server() -> None:
    global _thread
    if _thread is None:
        _thread = threading.Thread(target=_serve, daemon=True)
        _thread.start()


def _serve() -> None:
    asyncio.run(serve())  # CAX02
