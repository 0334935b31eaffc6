"""Tests for a running loop that leave the bridge after them within reach of a task."""

import asyncio
import contextlib

from celery import shared_task


def run_suppressed(coroutine):
    with contextlib.suppress(RuntimeError):
        loop = asyncio.get_running_loop()
        return loop.create_task(coroutine)
    return asyncio.run(coroutine)  # CAX02


def run_after_pass(coroutine):
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        pass
    else:
        return loop.create_task(coroutine)
    return asyncio.run(coroutine)  # CAX02


def run_after_other_error(coroutine, url):
    try:
        open(url).close()
        asyncio.get_running_loop()
    except OSError:
        pass
    except RuntimeError:
        return None
    return asyncio.run(coroutine)  # CAX02


async def load(key):
    await asyncio.sleep(key)


@shared_task
def refresh(key):
    run_suppressed(load(key))
    run_after_pass(load(key))
    run_after_other_error(load(key), "/etc/hosts")
