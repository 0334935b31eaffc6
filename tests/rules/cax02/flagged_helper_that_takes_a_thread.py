import asyncio
from concurrent.futures import ThreadPoolExecutor

from celery import shared_task


async def embed(text: str) -> list[float]:
    await asyncio.sleep(0)
    return [float(len(text))]


def _run_async(coroutine):
    """Take a thread when a loop runs already, which is never so in a task."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)  # CAX02
    with ThreadPoolExecutor(max_workers=1) as executor:
        return executor.submit(asyncio.run, coroutine).result(timeout=60)


@shared_task
def index(text: str) -> list[float]:
    return _run_async(embed(text))
