"""The first wait only asks whether the loop still answers; the second one goes on waiting, and cancels."""

import asyncio
import concurrent.futures
import threading

from celery import shared_task
from celery.signals import worker_process_init

LOOPS = []


@worker_process_init.connect
def start_loop(**kwargs):
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    LOOPS.append(loop)


async def work():
    await asyncio.sleep(60)


@shared_task
def long_work():
    future = asyncio.run_coroutine_threadsafe(work(), LOOPS[0])
    try:
        return future.result(timeout=5)
    except concurrent.futures.TimeoutError:
        print("not done yet")
    try:
        return future.result(timeout=600)
    except BaseException:
        future.cancel()
        raise
