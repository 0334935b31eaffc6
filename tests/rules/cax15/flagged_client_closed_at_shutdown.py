import asyncio

import httpx
from celery import shared_task
from celery.signals import worker_process_shutdown

RUNNER = asyncio.Runner()
client = httpx.AsyncClient(timeout=10)


async def fetch(url: str) -> str:
    return (await client.get(url)).text


@shared_task
def crawl(url: str) -> str:
    return RUNNER.run(fetch(url))


async def close() -> None:
    await client.aclose()


@worker_process_shutdown.connect
def stop(**kwargs: object) -> None:
    asyncio.run(close())  # CAX15@5 "'client'" "worker_process_shutdown receiver 'stop'"
