import asyncio
from functools import wraps


def run_as_coroutine(function):
    @wraps(function)
    def wrapper(*args, **kwargs):
        return asyncio.run(function(*args, **kwargs))  # CAX03 "engine"

    return wrapper
