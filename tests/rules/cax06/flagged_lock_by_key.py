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
        return counts[key]


@shared_task
def count_visit(key: str) -> int:
    return asyncio.run(count(key))  # CAX02
