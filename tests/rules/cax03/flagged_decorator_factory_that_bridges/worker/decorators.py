import asyncio
import functools


def asyncify(timeout: float = 60):
    def decorator(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            return asyncio.run(asyncio.wait_for(function(*args, **kwargs), timeout))  # CAX03 "http"

        return wrapper

    return decorator
