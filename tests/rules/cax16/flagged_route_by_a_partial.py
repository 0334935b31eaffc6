import asyncio
import functools
import time

from celery import shared_task
from fastapi import FastAPI

app = FastAPI()


async def send(address: str) -> None:
    time.sleep(1)  # CAX16
    await asyncio.sleep(0)


send_to_us = functools.partial(send, "us@example.org")


async def work() -> None:
    await send_to_us()


@shared_task
def run() -> None:
    asyncio.run(work())  # CAX02


@app.get("/send")
async def route() -> None:
    await send_to_us()
