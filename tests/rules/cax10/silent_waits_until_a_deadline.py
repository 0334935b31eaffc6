import asyncio
import threading
import time

from celery import shared_task

from app.loop_thread import get_loop

STOP = threading.Event()


async def work() -> int:
    await asyncio.sleep(0)
    return 1


@shared_task
def wait_until_stopped() -> int:
    future = asyncio.run_coroutine_threadsafe(work(), get_loop())
    while True:
        try:
            return future.result(timeout=1)
        except TimeoutError:
            if STOP.is_set():
                future.cancel()
                raise


@shared_task
def wait_until_late() -> int:
    future = asyncio.run_coroutine_threadsafe(work(), get_loop())
    end = time.monotonic() + 60
    try:
        while True:
            if time.monotonic() > end:
                raise TimeoutError
            try:
                return future.result(timeout=1)
            except TimeoutError:
                continue
    except BaseException:
        future.cancel()
        raise


@shared_task
def wait_ten_times() -> int:
    future = asyncio.run_coroutine_threadsafe(work(), get_loop())
    try:
        for _ in range(10):
            try:
                return future.result(timeout=1)
            except TimeoutError:
                continue
    finally:
        future.cancel()
    return 0
