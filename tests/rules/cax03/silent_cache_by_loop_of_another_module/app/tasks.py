import asyncio

from celery import shared_task

from app.http import client


async def fetch(url: str) -> str:
    return (await client().get(url)).text


@shared_task
def refresh(url: str) -> str:
    return asyncio.run(fetch(url))  # CAX02
