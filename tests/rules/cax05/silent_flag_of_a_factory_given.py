import asyncio
import os

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.pool import NullPool


def create_sessionmaker(is_celery: bool = False) -> async_sessionmaker:
    engine_options = {"pool_pre_ping": True}
    if is_celery:
        engine_options.update(dict(poolclass=NullPool))
    return async_sessionmaker(create_async_engine("postgresql+asyncpg://db/one", **engine_options))


def create_other(pooled: bool) -> async_sessionmaker:
    options = {}
    if pooled:
        options["pool_size"] = 5
    else:
        options["poolclass"] = NullPool
    return async_sessionmaker(create_async_engine("postgresql+asyncpg://db/two", **options))


First = create_sessionmaker("CELERY" in os.environ)  # it is passed: what it is, is not known
Second = create_other(pooled=False)


async def count() -> int:
    async with First() as session, Second() as other:
        await other.execute(text("select 1"))
        return (await session.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    return asyncio.run(count())  # CAX02
