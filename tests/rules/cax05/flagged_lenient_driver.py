import asyncio

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+psycopg://db/shop")  # CAX05 "with psycopg it fails only when the pool is contended"
cache = create_async_engine("sqlite+aiosqlite:////var/cache.db")  # CAX05 "aiosqlite"


async def count() -> int:
    async with engine.connect() as connection, cache.begin() as cached:
        await cached.execute(text("delete from counts"))
        return (await connection.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    return asyncio.run(count())  # CAX03
