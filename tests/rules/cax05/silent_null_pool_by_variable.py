import asyncio
import os

from celery import shared_task
from sqlalchemy import pool, text
from sqlalchemy.ext.asyncio import create_async_engine

if os.environ.get("CELERY_WORKER"):
    pool_class = pool.NullPool
else:
    pool_class = pool.AsyncAdaptedQueuePool

engine = create_async_engine("postgresql+asyncpg://db/shop", poolclass=pool_class)


async def count() -> int:
    async with engine.connect() as connection:
        return (await connection.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    return asyncio.run(count())  # CAX02
