import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
from celery import shared_task

_client = None
_other = None
_kept = None
LOCAL = threading.local()
POOL = ThreadPoolExecutor(4)


def get_client():
    global _client
    if _client is None:
        _client = httpx.AsyncClient()
    return _client


def get_kept():
    global _kept
    if _kept is None:
        _kept = httpx.AsyncClient()  # CAX04
    return _kept


def local_client():
    if not hasattr(LOCAL, "client"):
        LOCAL.client = httpx.AsyncClient()  # CAX04
    return LOCAL.client


async def fetch() -> None:
    await get_client().get("https://shop.example.org")


async def fetch_kept() -> None:
    await get_kept().get("https://shop.example.org")


async def fetch_local() -> None:
    await local_client().get("https://shop.example.org")


async def forget_and_fetch() -> None:
    global _kept
    _kept = None
    await get_kept().get("https://shop.example.org")


def run_fresh(coroutine):
    global _client
    _client = None
    return asyncio.run(coroutine)  # CAX02


def run_otherwise(coroutine):
    global _other
    _other = None
    return asyncio.run(coroutine)  # CAX03 "_kept"


def reset() -> None:
    global _kept
    _kept = None


@shared_task
def by_the_helper() -> None:
    run_fresh(fetch())


@shared_task
def another_name() -> None:
    run_otherwise(fetch_kept())


@shared_task
def by_the_coroutine() -> None:
    asyncio.run(forget_and_fetch())  # CAX02


@shared_task
def by_a_function() -> None:
    reset()
    asyncio.run(fetch_kept())  # CAX02


@shared_task
def too_late() -> None:
    asyncio.run(fetch_kept())  # CAX03 "_kept"
    reset()


@shared_task
def in_a_new_thread() -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, fetch_local()).result()  # CAX02


@shared_task
def in_a_kept_thread() -> None:
    POOL.submit(asyncio.run, fetch_local()).result()  # CAX03 "LOCAL.client"
