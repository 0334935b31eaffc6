import asyncio
import queue
import threading

from celery import shared_task

LOCK = threading.Lock()
JOBS: queue.Queue[int] = queue.Queue()


async def step(number: int) -> int:
    await asyncio.sleep(0)
    return number


@shared_task
def work(number: int) -> int:
    with LOCK:
        JOBS.put(number)
    return asyncio.run(step(number))  # CAX02
