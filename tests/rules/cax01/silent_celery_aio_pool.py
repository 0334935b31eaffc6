import celery.app.trace
import celery_aio_pool
from celery import Celery

celery.app.trace.build_tracer = celery_aio_pool.build_async_tracer
app = Celery("search")


@app.task
async def index(document_id: int) -> int:
    return document_id
