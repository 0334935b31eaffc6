# options: cax-pool=threads
import asyncio

from celery import shared_task

LOCK = asyncio.Lock()  # CAX06 "LOCK"
COUNTS: dict[str, int] = {}


async def count(key: str) -> int:
    async with LOCK:
        COUNTS[key] = COUNTS.get(key, 0) + 1
        await asyncio.sleep(0)
        return COUNTS[key]


async def count_all() -> None:
    await count("a")
    await count("b")


@shared_task
def count_visits() -> None:
    asyncio.run(count_all())  # CAX02
