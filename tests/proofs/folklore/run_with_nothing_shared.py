from __future__ import annotations

import asyncio

import httpx
from celery import shared_task


async def _fetch(url: str) -> str:
    async with httpx.AsyncClient() as client:
        return (await client.get(url)).text


@shared_task
def fetch(url: str) -> str:
    return asyncio.run(_fetch(url))  # noqa: CAX02
