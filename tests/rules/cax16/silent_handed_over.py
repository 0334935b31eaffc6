import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import requests
from asgiref.sync import sync_to_async
from starlette.concurrency import run_in_threadpool

POOL = ThreadPoolExecutor(4)


def fetch(url: str) -> bytes:
    return requests.get(url, timeout=5).content


@sync_to_async
def fetch_elsewhere(url: str) -> bytes:
    return fetch(url)


async def mirror(url: str) -> list:
    loop = asyncio.get_running_loop()

    def slow() -> int:
        time.sleep(1)
        return 1

    return [
        await asyncio.to_thread(fetch, url),
        await asyncio.to_thread(lambda: fetch(url)),
        await loop.run_in_executor(None, slow),
        await loop.run_in_executor(POOL, partial(requests.get, url, timeout=5)),
        await run_in_threadpool(fetch, url),
        await sync_to_async(fetch)(url),
        await fetch_elsewhere(url),
        await asyncio.wrap_future(POOL.submit(fetch, url)),
    ]
