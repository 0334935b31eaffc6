import asyncio

from celery.signals import worker_process_init
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+psycopg://localhost/shop")


@worker_process_init.connect
def forget_connections(**kwargs: object) -> None:
    asyncio.run(engine.dispose())  # CAX15@5 "without close=False" "the worker_process_init receiver 'forget_connections'"
