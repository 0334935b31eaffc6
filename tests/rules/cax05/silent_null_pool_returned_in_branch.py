import asyncio
import sys

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

URL = "postgresql+asyncpg://db/shop"


def make_engine() -> AsyncEngine:
    if "worker" in sys.argv:
        return create_async_engine(URL, poolclass=NullPool)
    return create_async_engine(URL, pool_size=20)


engine = make_engine()


async def count() -> int:
    async with engine.connect() as connection:
        return (await connection.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    return asyncio.run(count())  # CAX02
