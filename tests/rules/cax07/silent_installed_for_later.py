import asyncio

from celery import Celery
from celery.signals import task_postrun

app = Celery("memory")


@task_postrun.connect
def renew_loop(**kwargs: object) -> None:
    """The next task finds a loop that no earlier one has closed."""
    try:
        loop = asyncio.get_event_loop()
        if not loop.is_closed():
            return
    except RuntimeError:
        pass
    asyncio.set_event_loop(asyncio.new_event_loop())


@app.task
def ping() -> str:
    return "pong"
