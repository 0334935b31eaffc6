import os

from celery import Celery

os.environ.setdefault("CELERY_CUSTOM_WORKER_POOL", "celery_aio_pool.pool:AsyncIOPool")

app = Celery("shop", worker_pool="custom")


@app.task
async def refresh(number: int) -> int:
    return number
