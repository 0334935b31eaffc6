import asyncio

import httpx
from celery import shared_task

CLIENT = httpx.AsyncClient()  # CAX04


async def work() -> None:
    await CLIENT.get("https://example.org/")


@shared_task
def refresh() -> None:
    asyncio.run(work())  # CAX03
