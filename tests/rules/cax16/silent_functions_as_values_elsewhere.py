import asyncio
import time
from collections.abc import Callable


class Step:
    def __init__(self, action: Callable[[], None]) -> None:
        self._action = action

    def act(self) -> None:
        self._action()


def pause() -> None:
    time.sleep(1)


def tick() -> None:
    print("tick")


async def run() -> None:
    Step(tick).act()
    await asyncio.to_thread(Step(pause).act)
    await asyncio.to_thread(lambda: [step() for step in (pause, tick)])
