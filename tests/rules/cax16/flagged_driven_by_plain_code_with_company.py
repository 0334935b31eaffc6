"""Plain views, whose coroutines run beside others on the new loops, or that an async view shares."""

import asyncio
import time

from fastapi import FastAPI

api = FastAPI()


async def rate() -> float:
    time.sleep(1)  # CAX16
    await asyncio.sleep(0)
    return 1.5


async def both() -> list[float]:
    return await asyncio.gather(rate(), rate())


async def fee() -> float:
    time.sleep(1)  # CAX16
    return 0.5


async def tax() -> float:
    time.sleep(1)  # CAX16
    return 0.5


async def listen() -> None:
    time.sleep(1)  # CAX16


@api.get("/rates")
def read_rates() -> list[float]:
    return asyncio.run(both())


@api.get("/fee")
def read_fee() -> float:
    return asyncio.run(fee())


@api.get("/fee/now")
async def read_fee_now() -> float:
    return await fee()


@api.get("/taxes")
def read_taxes() -> None:
    loop = asyncio.new_event_loop()
    try:
        futures = [asyncio.ensure_future(tax(), loop=loop) for _ in range(2)]
        loop.run_until_complete(asyncio.wait(futures))
    finally:
        loop.close()


def listen_in_the_loop(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.run_coroutine_threadsafe(listen(), loop)
