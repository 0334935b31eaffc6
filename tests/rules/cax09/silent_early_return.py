import asyncio
import threading
from collections.abc import Coroutine
from typing import Any


def _has_running_loop() -> bool:
    try:
        asyncio.get_running_loop()
        return True
    except RuntimeError:
        return False


def start(coroutine: Coroutine[Any, Any, None]) -> None:
    if _has_running_loop():
        asyncio.create_task(coroutine)  # noqa: RUF006
        return
    asyncio.run(coroutine)


def refuse(coroutine: Coroutine[Any, Any, None]) -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(coroutine)
        return
    raise RuntimeError("await the coroutine instead")


def in_own_thread(coroutine: Coroutine[Any, Any, None]) -> None:
    if not _has_running_loop():
        asyncio.run(coroutine)
    else:
        threading.Thread(target=asyncio.run, args=(coroutine,)).start()


async def ping() -> None:
    await asyncio.sleep(0)


async def handler() -> None:
    start(ping())
    refuse(ping())
    in_own_thread(ping())
