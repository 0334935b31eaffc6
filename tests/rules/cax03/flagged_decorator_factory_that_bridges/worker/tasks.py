from celery import Celery

from worker.clients import client
from worker.decorators import asyncify

app = Celery("worker")


@app.task(name="ping")
@asyncify(timeout=10)
async def ping(url: str) -> int:
    async with (await client()).get(url) as answer:
        return answer.status
