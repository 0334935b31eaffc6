import asyncio

from celery import Celery
from celery.signals import task_postrun

app = Celery("shop", broker="redis://localhost")


async def ping() -> None:
    await asyncio.sleep(0)


@task_postrun.connect
def announce(**kwargs: object) -> None:
    asyncio.get_event_loop().run_until_complete(ping())  # CAX08 "raises once asyncio.run() (app/flagged_receiver_of_a_task_that_ends.py:20) has run"


@app.task
def work() -> None:
    asyncio.run(ping())  # CAX02
