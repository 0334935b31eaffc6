"""The branch for callers outside of a worker is not worker code; in a task ``current_task`` is true."""

import asyncio
import functools

from celery import current_task, shared_task

RUNNER = asyncio.Runner()


def as_task(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        if current_task:
            return RUNNER.run(function(*args, **kwargs))
        return asyncio.run(function(*args, **kwargs))

    return wrapper


def run(coroutine):
    if not current_task:
        return asyncio.run(coroutine)
    return RUNNER.run(coroutine)


@shared_task
@as_task
async def refresh(key):
    await asyncio.sleep(key)


@shared_task
def refresh_all():
    run(asyncio.sleep(1))
