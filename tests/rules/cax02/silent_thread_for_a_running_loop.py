"""However the helper asks for a running loop: in a task there is none, and the thread half is never executed."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from celery import shared_task

RUNNER = asyncio.Runner()


def in_thread(coroutine):
    with ThreadPoolExecutor(max_workers=1) as executor:
        return executor.submit(asyncio.run, coroutine).result()


def run_after_handler(coroutine):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return RUNNER.run(coroutine)
    return in_thread(coroutine)


def run_by_variable(coroutine):
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = None
    if loop and loop.is_running():
        return in_thread(coroutine)
    return RUNNER.run(coroutine)


def run_by_flag(coroutine):
    running = False
    try:
        asyncio.get_running_loop()
        running = True
    except RuntimeError:
        pass
    if not running:
        return RUNNER.run(coroutine)
    return in_thread(coroutine)


def run_unless_none(coroutine):
    loop = None
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        pass
    if loop is None:
        return RUNNER.run(coroutine)
    else:
        return in_thread(coroutine)


async def load(key):
    await asyncio.sleep(key)


@shared_task
def refresh(key):
    run_after_handler(load(key))
    run_by_variable(load(key))
    run_by_flag(load(key))
    run_unless_none(load(key))
