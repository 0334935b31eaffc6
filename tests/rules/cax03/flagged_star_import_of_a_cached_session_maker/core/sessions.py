from functools import cache

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

__all__ = ["session_maker"]


@cache
def _engine() -> AsyncEngine:
    return create_async_engine("postgresql+asyncpg://db/shop")  # CAX05


@cache
def session_maker() -> async_sessionmaker[AsyncSession]:
    return async_sessionmaker(_engine())
