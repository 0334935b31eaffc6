from collections.abc import AsyncIterator

from celery import shared_task


@shared_task
async def pages(urls: list[str]) -> AsyncIterator[str]:  # CAX01 "pages"
    for url in urls:
        yield url
