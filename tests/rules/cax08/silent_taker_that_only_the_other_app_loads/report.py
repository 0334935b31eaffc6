import asyncio

from celery import Celery

app = Celery("report", broker="redis://localhost")


async def work() -> int:
    return 1


@app.task
def report() -> int:
    return asyncio.get_event_loop().run_until_complete(work())
