"""The thread with a loop of its own is only for callers whose loop runs; a task in sync code never comes there."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from celery import shared_task

RUNNER = asyncio.Runner()


def run_async(coroutine):
    try:
        asyncio.get_running_loop()
        with ThreadPoolExecutor(max_workers=1) as executor:
            return executor.submit(asyncio.run, coroutine).result()
    except RuntimeError:
        return RUNNER.run(coroutine)


def run_else(coroutine):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return RUNNER.run(coroutine)
    else:
        with ThreadPoolExecutor(max_workers=1) as executor:
            return executor.submit(asyncio.run, coroutine).result()


async def load(key):
    await asyncio.sleep(key)


@shared_task
def refresh(key):
    run_async(load(key))
    run_else(load(key))
