import asyncio
import functools
import inspect

from celery import Celery

app = Celery("docker")
RUNNER = asyncio.Runner()


def register_task(celery_app: Celery, function) -> None:
    wrapped = function
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        def wrapped(*args, **kwargs):
            return RUNNER.run(function(*args, **kwargs))

    celery_app.task(name=function.__name__)(wrapped)


async def export_data(user_id: int) -> int:
    return user_id


register_task(app, export_data)
