import asyncio
from collections.abc import Coroutine
from typing import Any

from celery import shared_task


class Driver:
    def __init__(self, name: str) -> None:
        self.name = name
        self.loop = asyncio.new_event_loop()  # CAX07 "never closed" "Driver()"

    def run(self, coroutine: Coroutine[Any, Any, int]) -> int:
        return self.loop.run_until_complete(coroutine)


async def work(number: int) -> int:
    await asyncio.sleep(0)
    return number


@shared_task
def compute(number: int) -> int:
    driver = Driver("compute")
    return driver.run(work(number))
