import dramatiq
from aio_celery import Celery as AioCelery
from aio_celery import shared_task
from prefect import task
from procrastinate import App
from taskiq import InMemoryBroker

aio = AioCelery()
procrastinate_app = App(connector=None)
broker = InMemoryBroker()


@aio.task(name="ping")
async def ping(host: str) -> str:
    return host


@shared_task
async def pong(host: str) -> str:
    return host


@task
async def flow_step(number: int) -> int:
    return number


@procrastinate_app.task(queue="mail")
async def send(address: str) -> str:
    return address


@broker.task
async def index(page: str) -> str:
    return page


@dramatiq.actor
async def shrink(path: str) -> str:
    return path
