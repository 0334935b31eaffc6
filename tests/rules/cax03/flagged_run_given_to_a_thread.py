import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
from celery import shared_task

client = httpx.AsyncClient()  # CAX04


async def fetch(page: int) -> str:
    return (await client.get(f"https://shop.example.org/{page}")).text


@shared_task
def in_a_thread() -> None:
    thread = threading.Thread(target=asyncio.run, args=(fetch(1),))  # CAX03@14 "client"
    thread.start()
    thread.join()


@shared_task
def in_a_pool(pages: list[int]) -> list[str]:
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(asyncio.run, [fetch(page) for page in pages]))  # CAX03 "client"


@shared_task
def in_turn(pages: list[int]) -> list[str]:
    coroutines = [fetch(page) for page in pages]
    return list(map(asyncio.run, coroutines))  # CAX03 "client"


def run(coroutine):
    return asyncio.run(main=coroutine)  # CAX03 "client"


@shared_task
def by_keyword() -> str:
    return run(fetch(1))


@shared_task
def something_else(pages: list[int]) -> list[str]:
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(str, pages))
