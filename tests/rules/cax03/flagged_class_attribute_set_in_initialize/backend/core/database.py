from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine


class DatabaseManager:
    _engine: AsyncEngine | None = None
    _factory: async_sessionmaker[AsyncSession] | None = None

    @classmethod
    async def initialize(cls, url: str) -> None:
        if cls._engine is not None:
            return
        cls._engine = create_async_engine(url, pool_size=20)  # CAX05 "DatabaseManager._engine"
        cls._factory = async_sessionmaker(cls._engine, class_=AsyncSession)

    @classmethod
    @asynccontextmanager
    async def session(cls):
        if cls._factory is None:
            raise RuntimeError("not initialised")
        async with cls._factory() as session:
            yield session
