import asyncio

from celery import shared_task

from app.loop_thread import get_loop


async def record(event: str) -> None:
    await asyncio.sleep(0)


@shared_task
def track(event: str) -> None:
    future = asyncio.run_coroutine_threadsafe(record(event), get_loop())
    future.add_done_callback(lambda done: print(done.exception()))
