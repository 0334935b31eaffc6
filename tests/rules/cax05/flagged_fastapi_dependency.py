import asyncio
from collections.abc import AsyncIterator

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/shop")  # CAX05
SessionLocal = async_sessionmaker(engine)


async def get_db() -> AsyncIterator[AsyncSession]:
    async with SessionLocal() as session:
        yield session


async def count() -> int:
    async for session in get_db():
        return (await session.execute(text("select count(*) from orders"))).scalar_one()
    return 0


@shared_task
def report() -> int:
    return asyncio.run(count())  # CAX03
