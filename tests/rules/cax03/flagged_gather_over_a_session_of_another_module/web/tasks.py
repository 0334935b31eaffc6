import asyncio

from asgiref.sync import async_to_sync
from celery import shared_task

from web.session import Http


async def statuses(urls: list[str]) -> list[int]:
    return await asyncio.gather(*[Http.status(url) for url in urls])


@shared_task
def check(urls: list[str]) -> list[int]:
    return async_to_sync(statuses)(urls)  # CAX03 "_session"
