import asyncio

from celery import shared_task


async def step(number: int, limit: asyncio.Semaphore) -> int:
    async with limit:
        await asyncio.sleep(0)
        return number


async def steps(count: int) -> list[int]:
    limit = asyncio.Semaphore(5)
    queue: asyncio.Queue[int] = asyncio.Queue()
    await queue.put(count)
    return await asyncio.gather(*[step(number, limit) for number in range(await queue.get())])


@shared_task
def work(count: int) -> list[int]:
    return asyncio.run(steps(count))  # CAX02
