import asyncio
from collections.abc import Coroutine
from typing import Any

from celery import shared_task


class Driver:
    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()

    def run(self, coroutine: Coroutine[Any, Any, int]) -> int:
        return self.loop.run_until_complete(coroutine)


_driver: Driver | None = None


def driver() -> Driver:
    global _driver
    if _driver is None:
        _driver = Driver()
    return _driver


async def work(number: int) -> int:
    await asyncio.sleep(0)
    return number


@shared_task
def compute(number: int) -> int:
    return driver().run(work(number))
