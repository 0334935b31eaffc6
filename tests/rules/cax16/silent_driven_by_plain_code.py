"""Each plain view runs in a thread and drives its coroutine on a new loop, where it is alone."""

import asyncio
import time
from collections.abc import Coroutine

from fastapi import BackgroundTasks, Depends, FastAPI

api = FastAPI()


async def rate() -> float:
    time.sleep(1)
    await asyncio.sleep(0)
    return 1.5


async def rate_of(currency: str) -> float:
    return await rate()


async def fee() -> float:
    time.sleep(1)
    return 0.5


def run_sync(coroutine: Coroutine[None, None, float]) -> float:
    return asyncio.run(coroutine)


@api.get("/rates/{currency}")
def read_rate(currency: str) -> float:
    return asyncio.run(rate_of(currency))


def provide() -> float:
    return run_sync(fee())


@api.get("/fee")
async def read_fee(tasks: BackgroundTasks, value: float = Depends(provide)) -> float:
    tasks.add_task(read_rate, "EUR")
    return value
