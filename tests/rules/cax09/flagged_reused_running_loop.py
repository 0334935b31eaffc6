"""The helper finds the running loop and enters it again: it has asked, and does the wrong thing."""
import asyncio
from collections.abc import Coroutine
from typing import Any


def run_sync(coroutine: Coroutine[Any, Any, Any]) -> Any:
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
    return loop.run_until_complete(coroutine)


async def count_rows(table: str) -> int:
    await asyncio.sleep(0)
    return len(table)


class Report:
    async def render(self) -> str:
        return f"{run_sync(count_rows('orders'))} orders"  # CAX09@19 "run_sync()"
