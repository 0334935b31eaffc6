import asyncio

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine


class DatabaseManager:
    _engine: AsyncEngine | None = None
    _sessions: async_sessionmaker | None = None

    @classmethod
    def initialize(cls) -> None:
        if cls._engine is None:
            cls._engine = create_async_engine("postgresql+asyncpg://db/shop")  # CAX05 "DatabaseManager._engine"
            cls._sessions = async_sessionmaker(cls._engine)

    @classmethod
    def session(cls):
        cls.initialize()
        return cls._sessions()


async def count() -> int:
    async with DatabaseManager.session() as session:
        return (await session.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    return asyncio.run(count())  # CAX03
