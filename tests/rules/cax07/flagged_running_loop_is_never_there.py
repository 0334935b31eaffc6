import asyncio
from collections.abc import Coroutine
from typing import Any

from celery import shared_task


def run_sync(coroutine: Coroutine[Any, Any, Any]) -> Any:
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = asyncio.new_event_loop()  # CAX07 "via run_sync()"
        asyncio.set_event_loop(loop)
    return loop.run_until_complete(coroutine)


async def rebuild(index: str) -> None:
    await asyncio.sleep(0)


@shared_task
def rebuild_index(index: str) -> None:
    run_sync(rebuild(index))
