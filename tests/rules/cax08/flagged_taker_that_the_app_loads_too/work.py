import asyncio

from celery import shared_task


async def fetch() -> None:
    await asyncio.sleep(1)


@shared_task
def sync() -> None:
    asyncio.run(fetch())  # CAX02
