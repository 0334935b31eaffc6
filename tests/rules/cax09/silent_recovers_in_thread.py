import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

POOL = ThreadPoolExecutor(1)


def drive(coroutine: Coroutine[Any, Any, Any]) -> Any:
    try:
        return asyncio.run(coroutine)
    except RuntimeError:
        return POOL.submit(asyncio.run, coroutine)


async def work() -> int:
    await asyncio.sleep(0)
    return 1


async def endpoint() -> None:
    drive(work())
