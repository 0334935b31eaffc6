import asyncio
import functools
import inspect

import httpx
from celery import Celery

client = httpx.AsyncClient()  # CAX04


class AsyncCelery(Celery):
    def task(self, *args, **options):
        if not args or not inspect.iscoroutinefunction(args[0]):
            return super().task(*args, **options)
        function = args[0]

        @functools.wraps(function)
        def run(*args, **kwargs):
            return asyncio.run(function(*args, **kwargs))  # CAX03 "task 'of_the_app'"

        return super().task(run, **options)


app = Celery("shop", broker="amqp://")
async_app = AsyncCelery("async", broker="amqp://")


async def fetch() -> None:
    await client.get("https://shop.example.org")


def run_fetch() -> None:
    asyncio.run(fetch())  # CAX03


def make_task(name, function):
    @app.task(name=name)
    def run():
        return function()

    return run


def register(app, function):
    @functools.wraps(function)
    def run(*args, **kwargs):
        return asyncio.run(function(*args, **kwargs))  # CAX03 "task 'fetch'"

    return app.task(name=function.__name__)(run)


def register_wait(app, function):
    def run(*args, **kwargs):
        return asyncio.run(function(*args, **kwargs))  # CAX02

    return app.task(name=function.__name__)(run)


async def wait() -> None:
    await asyncio.sleep(1)


nested = make_task("nested", run_fetch)
wrapped = register(app, fetch)
waiting = register_wait(app, wait)


@async_app.task
async def of_the_app() -> None:
    await client.get("https://shop.example.org")
