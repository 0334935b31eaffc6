import asyncio
import inspect
from collections.abc import Callable
from typing import Any


async def work() -> int:
    return 1


def compute() -> int:
    return 1


def call(function: Callable[[], Any]) -> Any:
    if inspect.iscoroutinefunction(function):
        return asyncio.run(function())
    return function()


async def start() -> None:
    call(work)  # CAX09
