import asyncio

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.pool import NullPool

OPTIONS = {"echo": False, "poolclass": NullPool}
first = create_async_engine("postgresql+asyncpg://db/one", **OPTIONS)
keywords = dict(poolclass=NullPool)
second = create_async_engine("postgresql+asyncpg://db/two", **keywords)


def create_sessionmaker(is_celery: bool = False) -> async_sessionmaker:
    engine_options = {"pool_pre_ping": True}
    if is_celery:
        engine_options.update(dict(poolclass=NullPool))
    return async_sessionmaker(create_async_engine("postgresql+asyncpg://db/three", **engine_options))


third = create_sessionmaker(is_celery=True)


async def count() -> int:
    async with first.connect() as one, second.connect() as two, third() as session:
        await one.execute(text("select 1"))
        await two.execute(text("select 1"))
        return (await session.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    return asyncio.run(count())  # CAX02
