import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

from celery import shared_task


class LoopThread:
    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()

    def _serve(self) -> None:
        self._loop = asyncio.new_event_loop()  # CAX07 "never closed"
        self._ready.set()
        self._loop.run_forever()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        self._ready.wait(5)
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(timeout=5)
        except BaseException:
            future.cancel()
            raise


RUNNER = LoopThread()


async def work() -> None:
    await asyncio.sleep(0)


@shared_task
def start() -> None:
    RUNNER.run(work())
