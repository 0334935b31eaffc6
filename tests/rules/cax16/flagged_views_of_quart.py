"""Quart runs all requests on one loop; in a view of Flask what is gathered has company all the same."""

import asyncio
import time

from flask import Flask
from quart import Quart

app = Quart(__name__)
web = Flask(__name__)


async def fee() -> float:
    time.sleep(1)  # CAX16
    return 0.5


@app.get("/rate")
async def read_rate() -> float:
    await asyncio.sleep(0)
    time.sleep(1)  # CAX16
    return 1.5


@web.get("/fees")
async def read_fees() -> list[float]:
    return await asyncio.gather(fee(), fee())
