import asyncio


def run_async(function, *args, **kwargs):
    return asyncio.run(function(*args, **kwargs))  # CAX02
