import asyncio
import functools

from celery import Celery

from app.decorators import celery_sync

app = Celery("reports")
RUNNER = asyncio.Runner()


def async_task(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return RUNNER.run(function(*args, **kwargs))

    return wrapper


@app.task(name="reports.daily")
@async_task
async def daily() -> None:
    await asyncio.sleep(0)


@app.task
@celery_sync
async def weekly() -> None:
    await asyncio.sleep(0)
