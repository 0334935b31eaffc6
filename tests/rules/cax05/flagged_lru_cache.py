import asyncio
from functools import lru_cache

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine


@lru_cache(maxsize=1)
def _get_cached_engine() -> AsyncEngine:
    return create_async_engine("postgresql+asyncpg://db/shop")  # CAX05 "_get_cached_engine()"


def get_session_factory() -> async_sessionmaker:
    return async_sessionmaker(_get_cached_engine(), expire_on_commit=False)


async def count() -> int:
    async with get_session_factory()() as session:
        return (await session.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    return asyncio.run(count())  # CAX03
