"""On a loop the thread is used, which closes its own; the loop without an end is for when none is running."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

from celery import shared_task


def is_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def run_here(coroutine: Coroutine[Any, Any, None]) -> None:
    loop = asyncio.new_event_loop()
    loop.run_until_complete(coroutine)


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    if not is_running():
        run_here(coroutine)
        return
    thread = threading.Thread(target=asyncio.run, args=(coroutine,))
    thread.start()
    thread.join()


async def load() -> None:
    await asyncio.sleep(0)


async def load_twice() -> None:
    run(load())


@shared_task
def read() -> None:
    asyncio.run(load_twice())  # CAX02
