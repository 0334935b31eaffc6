# options: cax-pool=eventlet
import asyncio

from celery import shared_task

from shop.loops import get_loop


async def fetch(url: str) -> str:
    await asyncio.sleep(0.1)
    return url


@shared_task
def crawl(url: str) -> str:
    future = asyncio.run_coroutine_threadsafe(fetch(url), get_loop())
    try:
        return future.result(timeout=30)
    except BaseException:
        future.cancel()
        raise


@shared_task
def crawl_later(url: str) -> str:
    return asyncio.run(fetch(url))  # CAX20@12 "run_coroutine_threadsafe() (app/flagged_stray_run_beside_loop_thread.py:16)"
