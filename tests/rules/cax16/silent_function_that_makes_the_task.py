"""A function of the project makes a task of each coroutine function, which a bridge of its own drives."""

import asyncio
import functools
import time
from collections.abc import Callable, Coroutine

from celery import Celery

app = Celery("shop")


def register_task(app: Celery, function: Callable[[], Coroutine[None, None, int]]) -> object:
    @functools.wraps(function)
    def wrapped() -> int:
        return asyncio.run(function())  # CAX02

    return app.task(name=function.__name__)(wrapped)


async def load() -> int:
    time.sleep(1)
    await asyncio.sleep(0)
    return 1


refresh = register_task(app, load)
