import asyncio

import httpx
from celery import shared_task
from celery.signals import worker_process_shutdown

CLIENT = httpx.AsyncClient()  # CAX04


async def fetch(url: str) -> str:
    try:
        return (await CLIENT.get(url)).text
    except httpx.HTTPError:
        return ""


@shared_task
def refresh(url: str) -> str:
    return asyncio.run(fetch(url))  # CAX03


@worker_process_shutdown.connect
def close(**kwargs) -> None:
    print("bye")
