import asyncio

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine


async def count() -> int:
    engine = create_async_engine("postgresql+asyncpg://db/shop", pool_size=1)
    try:
        async with async_sessionmaker(engine)() as session:
            return (await session.execute(text("select count(*) from orders"))).scalar_one()
    finally:
        await engine.dispose()


@shared_task
def report() -> int:
    return asyncio.run(count())  # CAX02
