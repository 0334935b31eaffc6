import asyncio

from celery import shared_task

LOCK = asyncio.Lock()
COUNTS: dict[str, int] = {}


async def count(key: str) -> int:
    async with LOCK:
        COUNTS[key] = COUNTS.get(key, 0) + 1
        return COUNTS[key]


async def count_all() -> None:
    await asyncio.gather(count("a"), count("b"))


@shared_task
def count_visits() -> None:
    asyncio.run(count_all())  # CAX02
