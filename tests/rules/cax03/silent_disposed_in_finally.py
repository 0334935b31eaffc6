import asyncio

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/shop")
make_session = async_sessionmaker(engine, class_=AsyncSession)


async def archive(order_id: int) -> None:
    try:
        async with make_session() as session:
            await session.execute(text("update orders set archived = true"))
            await session.commit()
    finally:
        await engine.dispose()


@shared_task
def archive_order(order_id: int) -> None:
    asyncio.run(archive(order_id))  # CAX02
