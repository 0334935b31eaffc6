"""What a function of the project does with the coroutine function that it is given at import, nobody sees."""

import asyncio
import time
from collections.abc import Callable, Coroutine

from celery import Celery

from shop.server import SERVER

app = Celery("shop")


def register(function: Callable[[], Coroutine[None, None, int]]) -> None:
    SERVER.add(function)


async def load() -> int:
    time.sleep(1)  # CAX16
    await asyncio.sleep(0)
    return 1


register(load)


@app.task
def refresh() -> int:
    return asyncio.run(load())  # CAX02
