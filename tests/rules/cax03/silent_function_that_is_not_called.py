import asyncio

import httpx
from celery import shared_task

CLIENT = httpx.AsyncClient()


async def work() -> None:
    await CLIENT.get("https://example.org/")


@shared_task
def refresh() -> None:
    asyncio.run(work)  # CAX11
