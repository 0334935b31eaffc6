import asyncio

from celery import shared_task

asyncio.set_event_loop(asyncio.new_event_loop())  # CAX13@24


async def work(n: int) -> int:
    return await asyncio.to_thread(pow, n, 2)


@shared_task
def square(n: int) -> int:
    return asyncio.get_event_loop().run_until_complete(work(n))
