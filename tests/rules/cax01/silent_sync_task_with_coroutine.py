import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


async def fetch(url: str) -> str:
    await asyncio.sleep(0)
    return url


@shared_task
def crawl(url: str) -> str:
    async def _run() -> str:
        return await fetch(url)

    return RUNNER.run(_run())
