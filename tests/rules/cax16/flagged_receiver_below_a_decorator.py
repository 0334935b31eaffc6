"""A receiver below a decorator that drives it: two of the coroutines it starts run beside each other."""
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
    time.sleep(1)  # CAX16 "time.sleep()"
    await asyncio.sleep(0)


@worker_process_init.connect
@sync
async def warm_up(**kwargs):
    await asyncio.gather(wait_for_the_store(), wait_for_the_store())
