import celery_aio_pool
from celery.app import trace
from celery.signals import worker_process_init

trace.build_tracer = celery_aio_pool.build_async_tracer


@worker_process_init.connect
async def open_pool(**kwargs: object) -> None:
    print("open")
