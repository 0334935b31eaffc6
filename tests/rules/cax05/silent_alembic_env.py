# options: path=migrations/env.py
import asyncio

from alembic import context
from celery import shared_task
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/shop")


async def run_async_migrations() -> None:
    async with engine.connect() as connection:
        await connection.run_sync(lambda sync: context.configure(connection=sync))


@shared_task
def migrate() -> None:
    asyncio.run(run_async_migrations())


asyncio.run(run_async_migrations())
