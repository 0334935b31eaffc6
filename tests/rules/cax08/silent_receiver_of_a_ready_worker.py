import asyncio

from celery import Celery
from celery.signals import worker_ready

app = Celery("shop", broker="redis://localhost")


async def ping() -> None:
    await asyncio.sleep(0)


@worker_ready.connect
def announce(**kwargs: object) -> None:
    asyncio.get_event_loop().run_until_complete(ping())


@app.task
def work() -> None:
    asyncio.run(ping())  # CAX02
