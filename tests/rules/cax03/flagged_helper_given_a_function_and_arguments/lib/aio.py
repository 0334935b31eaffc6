import asyncio
import functools


def call_sync(function, *args, **kwargs):
    return asyncio.run(function(*args, **kwargs))  # CAX03 "_redis" "lib/cache.py:10"


def synced(function):
    return functools.partial(call_sync, function)
