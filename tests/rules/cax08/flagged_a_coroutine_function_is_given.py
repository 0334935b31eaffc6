# options: cax-pool=threads
import asyncio
import inspect
from collections.abc import Callable
from typing import Any

from celery import shared_task


async def work() -> int:
    return 1


def compute() -> int:
    return 1


def call(function: Callable[[], Any]) -> Any:
    if inspect.iscoroutinefunction(function):
        return asyncio.get_event_loop().run_until_complete(function())  # CAX08 "the threads pool"
    return function()


@shared_task
def start() -> None:
    call(compute)
    call(work)
