# options: cax-pool=solo
import asyncio

from celery.signals import worker_process_init
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://localhost/shop")


@worker_process_init.connect
def forget_connections(**kwargs: object) -> None:
    asyncio.run(engine.dispose())
