"""One loop thread for all tasks; a coroutine on it calls the helper that waits for it."""
import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

from celery import shared_task
from celery.signals import worker_process_init

LOOP = asyncio.new_event_loop()  # CAX13


@worker_process_init.connect
def start_loop(**kwargs: Any) -> None:
    threading.Thread(target=LOOP.run_forever, daemon=True).start()


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    future = asyncio.run_coroutine_threadsafe(coroutine, LOOP)
    try:
        return future.result(timeout=30)
    except BaseException:
        future.cancel()
        raise


async def load(user_id: int) -> str:
    await asyncio.sleep(0)
    return str(user_id)


async def greet(user_id: int) -> str:
    return "Hello " + run(load(user_id))  # CAX10@23 "run()" "'greet'"


@shared_task
def send_greeting(user_id: int) -> str:
    return run(greet(user_id))
