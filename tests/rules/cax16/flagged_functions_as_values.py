import asyncio
import time
from collections.abc import Callable

import requests


class Fetcher:
    def __init__(self) -> None:
        self.fetch = requests.get
        self.lookup = str.upper

    async def load(self) -> None:
        self.fetch("https://example.org/", timeout=5)  # CAX16 "requests.get()"
        self.lookup("x")


async def load(fetch: object = requests.get) -> None:
    fetch("https://example.org/", timeout=5)  # CAX16 "requests.get()"


class Step:
    def __init__(self, action: Callable[[], None]) -> None:
        self._action = action

    def act(self) -> None:
        self._action()


def pause() -> None:
    time.sleep(1)


def tick() -> None:
    print("tick")


SLOW = [pause, tick]
QUICK = [tick]


def each(steps: str) -> None:
    for step in SLOW:
        step()


def each_quick() -> None:
    for step in QUICK:
        step()


async def run() -> None:
    Step(pause).act()  # CAX16 "time.sleep()"
    each("all")  # CAX16 "each() reaches time.sleep()"
    each_quick()
    await asyncio.sleep(0)
