import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any

from celery import shared_task


class LoopThread:
    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def start(self) -> None:
        self.thread.start()

    def submit(self, coroutine: Coroutine[Any, Any, Any]) -> "Future[Any]":
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop)

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        future = self.submit(coroutine)
        return future.result(timeout=None)  # CAX10@16 "reached from task 'sync_user'"


_thread: LoopThread | None = None


def get_thread() -> LoopThread:
    global _thread
    if _thread is None:
        _thread = LoopThread()
        _thread.start()
    return _thread


async def sync(user_id: int) -> None:
    await asyncio.sleep(0)


@shared_task
def sync_user(user_id: int) -> None:
    get_thread().run(sync(user_id))
