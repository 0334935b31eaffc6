# options: cax-pool=gevent
"""The helper that guides recommend: one loop, kept for all greenlets."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from celery import shared_task

_loop: asyncio.AbstractEventLoop | None = None


def run_async(coroutine: Coroutine[Any, Any, Any]) -> Any:
    global _loop
    if _loop is None or _loop.is_closed():
        _loop = asyncio.new_event_loop()
    return _loop.run_until_complete(coroutine)  # CAX20@12 "run_until_complete()" "via run_async()"


async def fetch(url: str) -> str:
    await asyncio.sleep(0.1)
    return url


@shared_task
def crawl(url: str) -> str:
    return run_async(fetch(url))
