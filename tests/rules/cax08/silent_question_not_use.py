import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

from celery import shared_task

RUNNER = asyncio.Runner()


def is_in_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def run(coroutine: Coroutine[Any, Any, int]) -> int:
    if is_in_loop():
        raise RuntimeError(f"await it instead ({threading.current_thread().name})")
    return RUNNER.run(coroutine)


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


@shared_task
def refresh_feed(feed_id: int) -> int:
    return run(refresh(feed_id))
