import asyncio

import httpx
from celery import shared_task

RUNNER = asyncio.Runner()
CLIENT = httpx.AsyncClient()


async def fetch(url: str) -> str:
    return (await CLIENT.get(url)).text


@shared_task
def refresh(url: str) -> str:
    return RUNNER.run(fetch(url))
