import asyncio
import functools


def synchronous(function):
    @functools.wraps(function)
    def wrapper(self, *args, **kwargs):
        return asyncio.run(function(self, *args, **kwargs))  # CAX03

    return wrapper
