"""Flask runs each request of an async view in a thread of its own, on a loop of its own."""

import asyncio
import time

from flask import Blueprint, Flask

app = Flask(__name__)
pages = Blueprint("pages", __name__)


async def rate() -> float:
    time.sleep(1)
    return 1.5


@app.get("/rate")
async def read_rate() -> float:
    await asyncio.sleep(0)
    return await rate()


@pages.route("/fee")
async def read_fee() -> float:
    time.sleep(1)
    return 0.5
