import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from starlette.concurrency import run_in_threadpool

POOL = ThreadPoolExecutor(2)


async def fetch(url: str) -> str:
    await asyncio.sleep(0)
    return url


def fetch_sync(url: str) -> str:
    return asyncio.run(fetch(url))


async def gather_all(url: str) -> list[str]:
    loop = asyncio.get_running_loop()
    first = await asyncio.to_thread(fetch_sync, url)
    second = await loop.run_in_executor(None, fetch_sync, url)
    third = await loop.run_in_executor(POOL, lambda: asyncio.run(fetch(url)))
    fourth = await asyncio.wrap_future(POOL.submit(asyncio.run, fetch(url)))
    fifth = await run_in_threadpool(fetch_sync, url)
    threading.Thread(target=fetch_sync, args=(url,), daemon=True).start()
    return [first, second, third, fourth, fifth]
