from collections.abc import AsyncIterator

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/api")  # CAX05
make_session = async_sessionmaker(engine)


async def get_db() -> AsyncIterator[AsyncSession]:
    async with make_session() as session:
        yield session
