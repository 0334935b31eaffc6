import asyncio

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/shop")


async def archive() -> None:
    async with engine.begin() as connection:
        await connection.execute(text("update orders set archived = true"))
    await engine.dispose()


@shared_task
def archive_orders() -> None:
    asyncio.run(archive())  # CAX02
