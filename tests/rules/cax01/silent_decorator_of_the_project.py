import asyncio
import functools

from celery import Celery

app = Celery("mail")
RUNNER = asyncio.Runner()


def async_task(celery_app: Celery, **options):
    def decorate(function):
        @celery_app.task(**options)
        @functools.wraps(function)
        def run(*args, **kwargs):
            return RUNNER.run(function(*args, **kwargs))

        return run

    return decorate


@async_task(app, name="mail.send")
async def send(address: str) -> str:
    return address
