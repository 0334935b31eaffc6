import asyncio
from collections.abc import Awaitable, Callable


def run_in_task(make: Callable[[], Awaitable[object]]) -> object:
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(make())  # CAX03 "CLIENT" "core/http.py:3"
    finally:
        loop.close()
