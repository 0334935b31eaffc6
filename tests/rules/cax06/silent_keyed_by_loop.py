import asyncio
from weakref import WeakKeyDictionary

from celery import shared_task

_locks: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()


def lock() -> asyncio.Lock:
    loop = asyncio.get_running_loop()
    if loop not in _locks:
        _locks[loop] = asyncio.Lock()
    return _locks[loop]


async def step(number: int) -> int:
    async with lock():
        await asyncio.sleep(0)
        return number


@shared_task
def work(number: int) -> int:
    return asyncio.run(step(number))  # CAX02
