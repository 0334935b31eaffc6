import asyncio

from celery import shared_task


class Crawler:
    def __init__(self) -> None:
        self.limit = asyncio.Semaphore(5)

    async def visit(self, url: str) -> str:
        async with self.limit:
            await asyncio.sleep(0)
            return url


async def crawl(urls: list[str]) -> list[str]:
    crawler = Crawler()
    return await asyncio.gather(*[crawler.visit(url) for url in urls])


@shared_task
def crawl_all(urls: list[str]) -> list[str]:
    return asyncio.run(crawl(urls))  # CAX02
