import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

DATABASE = "postgresql+asyncpg://db/crm"
engine = create_async_engine(DATABASE)  # the API's
SessionLocal = async_sessionmaker(engine)


async def get_session() -> AsyncIterator[AsyncSession]:
    async with SessionLocal() as session:
        yield session


@asynccontextmanager
async def task_session() -> AsyncIterator[AsyncSession]:
    own = create_async_engine(DATABASE, pool_size=1)
    try:
        async with async_sessionmaker(own)() as session:
            yield session
    finally:
        await own.dispose()


async def enrich(contact_id: int) -> None:
    async with task_session() as session:
        await session.execute(text("select 1"))


@shared_task
def enrich_contact(contact_id: int) -> None:
    asyncio.run(enrich(contact_id))  # CAX02
