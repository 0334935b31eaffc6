import asyncio
from collections import defaultdict

from celery import shared_task

_locks: dict[str, asyncio.Lock] = {}


def lock_for(key: str) -> asyncio.Lock:
    if key not in _locks:
        _locks[key] = asyncio.Lock()  # CAX06 "_locks"
    return _locks[key]


counts: defaultdict[str, int] = defaultdict(int)


async def count(key: str) -> int:
    async with lock_for(key):
        counts[key] += 1
        await asyncio.sleep(0)
        return counts[key]


async def count_twice(key: str) -> list[int]:
    return await asyncio.gather(count(key), count(key))


@shared_task
def count_visit(key: str) -> list[int]:
    return asyncio.run(count_twice(key))  # CAX02
