import asyncio

from celery import shared_task

JOBS: asyncio.Queue[int] = asyncio.Queue(maxsize=10)  # CAX06 "JOBS"


async def consume() -> int:
    done = 0
    while not JOBS.empty():
        await JOBS.get()
        done += 1
    return done


async def work(numbers: list[int]) -> int:
    for number in numbers:
        await JOBS.put(number)
    return await consume()


@shared_task
def process(numbers: list[int]) -> int:
    return asyncio.run(work(numbers))  # CAX02
