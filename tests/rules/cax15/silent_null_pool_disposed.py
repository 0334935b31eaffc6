import asyncio

from celery.signals import worker_process_shutdown
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

engine = create_async_engine("postgresql+asyncpg://localhost/shop", poolclass=NullPool)


@worker_process_shutdown.connect
def stop(**kwargs: object) -> None:
    asyncio.run(engine.dispose())
