import dramatiq
from aio_celery import Celery as AioCelery

from app.celery_app import app

aio = AioCelery()


@dramatiq.actor
def ping(host: str) -> str:
    return host


@aio.task
async def measure(host: str) -> float:
    return 0.0


@app.task
def check(host: str) -> object:
    return ping.send(host).get_result(block=True)


async def report(host: str) -> float:
    pending = await measure.delay(host)
    return await pending.get(timeout=5)
