"""A receiver below a decorator that drives it: the worker starts it, and nothing else runs on its loop."""
import asyncio
import functools
import time

from celery.signals import worker_process_init


def sync(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return asyncio.run(function(*args, **kwargs))

    return wrapper


async def wait_for_the_store():
    time.sleep(1)
    await asyncio.sleep(0)


@worker_process_init.connect
@sync
async def warm_up(**kwargs):
    await wait_for_the_store()
