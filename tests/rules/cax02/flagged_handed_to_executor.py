import asyncio
from concurrent.futures import ThreadPoolExecutor

from celery import shared_task


async def embed(text: str) -> list[float]:
    await asyncio.sleep(0)
    return [float(len(text))]


@shared_task
def index(text: str) -> list[float]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        return executor.submit(asyncio.run, embed(text)).result(timeout=60)  # CAX02
