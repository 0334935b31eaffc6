import asyncio
from concurrent.futures import ThreadPoolExecutor

from celery import shared_task


async def render(template: str) -> str:
    await asyncio.sleep(0)
    return template


@shared_task
def render_mail(template: str) -> str:
    def work() -> str:
        loop = asyncio.new_event_loop()  # CAX07
        return loop.run_until_complete(render(template))

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(work).result(timeout=30)
