"""The decorator below the task decorator measures the time, and what it returns is a coroutine function again."""

import functools
import time

from celery import shared_task


def timed(function):
    @functools.wraps(function)
    async def wrapper(*args, **kwargs):
        started = time.monotonic()
        try:
            return await function(*args, **kwargs)
        finally:
            print(function.__name__, time.monotonic() - started)

    return wrapper


def labelled(label):
    def decorate(function):
        @functools.wraps(function)
        async def wrapper(*args, **kwargs):
            print(label)
            return await function(*args, **kwargs)

        return wrapper

    return decorate


@shared_task
@timed
async def sync_user(user_id):  # CAX01
    return user_id


@shared_task
@labelled("orders")
async def sync_order(order_id):  # CAX01
    return order_id
