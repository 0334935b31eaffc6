"""The helper serves both worlds: with a running loop it takes a thread of its own."""
import asyncio
import concurrent.futures
from collections.abc import Coroutine
from typing import Any


def run_async(coroutine: Coroutine[Any, Any, Any]) -> Any:
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = None
    if loop is not None and loop.is_running():
        with concurrent.futures.ThreadPoolExecutor(max_workers=1) as executor:
            return executor.submit(asyncio.run, coroutine).result()
    return asyncio.run(coroutine)


async def price(item: str) -> int:
    await asyncio.sleep(0)
    return len(item)


async def quote(item: str) -> dict:
    return {"price": run_async(price(item))}
