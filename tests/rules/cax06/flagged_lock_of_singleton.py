import asyncio

from asgiref.sync import async_to_sync
from celery import shared_task


class RateLimiter:
    def __init__(self, limit: int) -> None:
        self._semaphore = asyncio.Semaphore(limit)  # CAX06 "RateLimiter._semaphore"
        self._changed = asyncio.Condition()  # CAX06 "RateLimiter._changed"

    async def acquire(self) -> None:
        await self._semaphore.acquire()
        async with self._changed:
            self._changed.notify_all()


limiter = RateLimiter(10)


@shared_task
def step() -> None:
    async_to_sync(limiter.acquire)()  # CAX02
