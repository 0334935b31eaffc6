import asyncio
import os

from celery import Celery

RUNNER = asyncio.Runner()
app = Celery("shop")
app.conf.update(
    worker_pool=os.environ.get("CELERY_POOL"),
    worker_max_tasks_per_child=100,
    task_time_limit=60,
)


async def fetch(url: str) -> str:
    await asyncio.sleep(0.1)
    return url


@app.task(time_limit=30)
def crawl(url: str) -> str:
    return RUNNER.run(fetch(url))
