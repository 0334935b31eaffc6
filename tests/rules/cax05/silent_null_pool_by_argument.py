import asyncio

from celery import shared_task
from sqlalchemy import Pool, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool


def make_engine(url: str, pool: type[Pool]) -> AsyncEngine:
    return create_async_engine(url, poolclass=pool)


def make_other(url: str, **options: object) -> AsyncEngine:
    return create_async_engine(url, **options)


engine = make_engine("postgresql+asyncpg://db/shop", NullPool)
other = make_other("postgresql+asyncpg://db/stock", poolclass=NullPool)


async def count() -> int:
    async with engine.connect() as connection, other.connect() as stock:
        await stock.execute(text("select 1"))
        return (await connection.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    return asyncio.run(count())  # CAX02
