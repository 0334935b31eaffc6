import asyncio
import functools

from fastapi import FastAPI

app = FastAPI()


def sync(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return asyncio.run(function(*args, **kwargs))

    return wrapper


def traced(function):
    @functools.wraps(function)
    async def wrapper(*args, **kwargs):
        return await function(*args, **kwargs)

    return wrapper


@sync
async def load() -> int:
    await asyncio.sleep(0)
    return 1


@traced
async def load_traced() -> int:
    await asyncio.sleep(0)
    return 1


LOADERS = {"sync": load, "traced": load_traced}


@app.get("/load")
async def route() -> int:
    await load_traced()
    return load()  # CAX09 "asyncio.run()"


@app.get("/table")
async def table() -> int:
    await LOADERS["traced"]()
    return LOADERS["sync"]()  # CAX09 "asyncio.run()"
