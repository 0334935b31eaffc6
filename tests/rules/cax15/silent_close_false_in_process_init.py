import asyncio

from celery.signals import worker_process_init
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://localhost/shop")
replica = create_async_engine("postgresql+asyncpg://replica/shop")


@worker_process_init.connect
def forget_connections(**kwargs: object) -> None:
    engine.sync_engine.dispose(close=False)
    asyncio.run(replica.dispose(close=False))
