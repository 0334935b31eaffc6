import asyncio
from concurrent.futures import ThreadPoolExecutor

import requests
from celery import shared_task

RUNNER = asyncio.Runner()


def load(url: str) -> str:
    return requests.get(url).text  # CAX19


async def load_all(urls: list[str]) -> list[str]:
    first = await asyncio.to_thread(requests.get, urls[0])  # CAX19@19 "requests.get()"
    rest = await asyncio.gather(*[asyncio.to_thread(load, url) for url in urls[1:]])
    return [first.text, *rest]


@shared_task
def crawl(urls: list[str]) -> list[str]:
    with ThreadPoolExecutor(4) as executor:
        executor.submit(requests.head, urls[0])  # CAX19
    return RUNNER.run(load_all(urls))
