import asyncio

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/app")


async def close() -> None:
    await engine.dispose()


async def load() -> None:
    try:
        async with engine.connect() as connection:
            await connection.execute(text("select 1"))
    finally:
        await close()
    return None


async def load_all() -> None:
    for _ in range(2):
        await load()


@shared_task
def refresh() -> None:
    asyncio.run(load_all())  # CAX02
