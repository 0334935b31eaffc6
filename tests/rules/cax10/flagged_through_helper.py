import asyncio
from collections.abc import Coroutine
from typing import Any


def wait_for_it(coroutine: Coroutine[Any, Any, Any]) -> Any:
    loop = asyncio.get_running_loop()
    return asyncio.run_coroutine_threadsafe(coroutine, loop).result()


def user_name(user_id: int) -> str:
    return wait_for_it(load_user(user_id))


async def load_user(user_id: int) -> str:
    await asyncio.sleep(0)
    return f"user {user_id}"


async def greet(user_id: int) -> str:
    return f"Hello {user_name(user_id)}"  # CAX10@21 "user_name() reaches run_coroutine_threadsafe().result() (app/flagged_through_helper.py:8) via wait_for_it()"
