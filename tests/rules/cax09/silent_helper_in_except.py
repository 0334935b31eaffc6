import asyncio
import concurrent.futures
from collections.abc import Coroutine
from typing import Any


def _run_async(coroutine: Coroutine[Any, Any, Any]) -> Any:
    try:
        asyncio.get_running_loop()
        with concurrent.futures.ThreadPoolExecutor(max_workers=1) as executor:
            future = executor.submit(asyncio.run, coroutine)
            return future.result()
    except RuntimeError:
        try:
            loop = asyncio.get_event_loop()
            if loop.is_closed():
                raise RuntimeError("closed")
        except RuntimeError:
            loop = asyncio.new_event_loop()
            asyncio.set_event_loop(loop)
        return loop.run_until_complete(coroutine)


async def load(user_id: int) -> int:
    await asyncio.sleep(0)
    return user_id


async def endpoint(user_id: int) -> int:
    return _run_async(load(user_id))
