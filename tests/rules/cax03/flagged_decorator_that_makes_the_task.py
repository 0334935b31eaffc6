import asyncio
import functools

import httpx
from celery import Celery

app = Celery("shop", broker="amqp://")
client = httpx.AsyncClient()  # CAX04 "task 'send'"


def background(function):
    @app.task
    @functools.wraps(function)
    def run(*args, **kwargs):
        return asyncio.run(function(*args, **kwargs))  # CAX03 "client" "task 'send'"

    return run


def with_options(**options):
    def make(function):
        def run(*args, **kwargs):
            return asyncio.run(function(*args, **kwargs))  # CAX03 "client" "task 'send_later'"

        return app.task(run, **options)

    return make


def plain(function):
    @app.task
    def run(*args, **kwargs):
        return asyncio.run(function(*args, **kwargs))  # CAX02 "task 'wait'"

    return run


@background
async def send(address: str) -> None:
    await client.post("https://mail.example.org", json={"to": address})


@with_options(name="send_later")
async def send_later(address: str) -> None:
    await client.post("https://mail.example.org", json={"to": address})


@plain
async def wait(seconds: int) -> None:
    await asyncio.sleep(seconds)
