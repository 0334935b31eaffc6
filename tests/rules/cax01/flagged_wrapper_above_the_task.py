import asyncio
import functools

from celery import shared_task


def async_task(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return asyncio.run(function(*args, **kwargs))

    return wrapper


# The wrong order: Celery registers the coroutine function, the wrapper wraps the task.
@async_task
@shared_task(name="sync_feed")
async def sync_feed(feed_id: int) -> int:  # CAX01
    return feed_id
