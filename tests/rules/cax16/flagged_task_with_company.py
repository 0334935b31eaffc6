"""The three downloads are meant to run side by side; each stops the others."""
import asyncio

import requests
from celery import shared_task

RUNNER = asyncio.Runner()


async def download(url: str) -> int:
    response = requests.get(url, timeout=5)  # CAX16@16 "requests.get()"
    return len(response.content)


async def download_all(urls: list[str]) -> list[int]:
    return await asyncio.gather(*[download(url) for url in urls])


@shared_task
def mirror(urls: list[str]) -> int:
    return sum(RUNNER.run(download_all(urls)))
