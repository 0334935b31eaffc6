from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.pool import NullPool

engine = create_async_engine("postgresql+asyncpg://db/shop")
Session = async_sessionmaker(engine)


@asynccontextmanager
async def task_session():
    own = create_async_engine("postgresql+asyncpg://db/shop", poolclass=NullPool)
    try:
        async with async_sessionmaker(own)() as session:
            yield session
    finally:
        await own.dispose()
