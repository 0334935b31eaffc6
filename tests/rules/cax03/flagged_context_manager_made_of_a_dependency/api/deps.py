from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/api")  # CAX05
make_session = async_sessionmaker(bind=engine)


async def get_db():
    async with make_session() as session:
        yield session


get_db_context = asynccontextmanager(get_db)
