# options: cax-pool=threads
import asyncio
from typing import Any

from celery import shared_task


class Facade:
    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None

    def run(self, coro: Any) -> Any:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
        return self._loop.run_until_complete(coro)  # CAX20 "two tasks at a time run the same loop"


bridge = Facade()


async def fetch() -> None:
    await asyncio.sleep(1)


@shared_task
def sync() -> None:
    bridge.run(fetch())
