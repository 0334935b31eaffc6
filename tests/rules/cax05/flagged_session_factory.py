import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import sessionmaker

DATABASE_URL = "mysql+aiomysql://db/shop"
engine = create_async_engine(DATABASE_URL)  # CAX05@10 "'engine'"
SessionLocal = sessionmaker(bind=engine, class_=AsyncSession, expire_on_commit=False)


@asynccontextmanager
async def session_scope() -> AsyncIterator[AsyncSession]:
    async with SessionLocal() as session:
        yield session
        await session.commit()


async def archive(order_id: int) -> None:
    async with session_scope() as session:
        await session.execute(text("update orders set archived = true"))


@shared_task
def archive_order(order_id: int) -> None:
    asyncio.run(archive(order_id))  # CAX03 "'engine'"
