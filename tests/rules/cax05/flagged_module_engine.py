import asyncio

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

engine: AsyncEngine = create_async_engine(  # CAX05@23 "the pool of 'engine'" "asyncio.run() (app/flagged_module_engine.py:22)"
    "postgresql+asyncpg://db/shop",
    pool_size=5,
    pool_recycle=300,
    pool_pre_ping=True,
)


async def count() -> int:
    async with engine.connect() as connection:
        return (await connection.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    return asyncio.run(count())  # CAX03
