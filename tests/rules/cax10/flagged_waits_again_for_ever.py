import asyncio
import concurrent.futures

from celery import shared_task

from app.loop_thread import get_loop


async def work() -> int:
    await asyncio.sleep(0)
    return 1


@shared_task
def wait() -> int:
    future = asyncio.run_coroutine_threadsafe(work(), get_loop())
    while True:
        try:
            return future.result(timeout=1)  # CAX10 "begins again after each time-out" "in task 'wait'"
        except concurrent.futures.TimeoutError:
            print("not done yet")


@shared_task
def wait_and_convert() -> str:
    future = asyncio.run_coroutine_threadsafe(work(), get_loop())
    while True:
        try:
            found = future.result(1)  # CAX10 "begins again"
        except TimeoutError:
            continue
        else:
            return str(found)
