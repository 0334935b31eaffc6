import asyncio


def run_async(function, *args, **kwargs):
    return asyncio.run(function(*args, **kwargs))  # CAX03 "shop/clients.py:3" "run_async() > asyncio.run() > refresh()"
