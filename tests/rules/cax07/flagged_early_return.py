import asyncio

from celery import shared_task


async def fetch_page(url: str) -> str | None:
    await asyncio.sleep(0)
    return url or None


@shared_task
def crawl(url: str) -> int:
    loop = asyncio.new_event_loop()  # CAX07 "not closed on every path after run_until_complete() (line 15)"
    try:
        page = loop.run_until_complete(fetch_page(url))
        if page is None:
            return 0
        loop.close()
        return len(page)
    except Exception:
        loop.close()
        raise
