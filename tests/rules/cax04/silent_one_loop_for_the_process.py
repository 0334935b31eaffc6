import asyncio
from functools import lru_cache

import httpx
from celery import shared_task

RUNNER = asyncio.Runner()


@lru_cache
def get_client() -> httpx.AsyncClient:
    return httpx.AsyncClient()


async def fetch(url: str) -> str:
    return (await get_client().get(url)).text


@shared_task
def refresh(url: str) -> str:
    return RUNNER.run(fetch(url))
