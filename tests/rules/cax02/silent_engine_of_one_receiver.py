"""The engine is for the check at the start alone: tasks have a sync one, so no second loop meets its connections."""

import asyncio

from celery import shared_task
from celery.signals import worker_process_init
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

async_engine = create_async_engine("postgresql+asyncpg://db/shop")
engine = create_engine("postgresql+psycopg://db/shop", poolclass=NullPool)


async def check_schema() -> None:
    async with async_engine.connect() as connection:
        await connection.execute(text("select version from schema"))


@worker_process_init.connect
def refuse_old_schema(**kwargs: object) -> None:
    asyncio.run(check_schema())


@shared_task
def count() -> int:
    with engine.connect() as connection:
        return connection.execute(text("select count(*) from orders")).scalar_one()
