"""The parent has no connections, and the child works with the engine at once: that it closes it first is idle."""

import asyncio

from celery.signals import worker_process_init
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+psycopg://localhost/shop")


async def warm() -> None:
    await engine.dispose()
    async with engine.connect() as connection:
        await connection.execute(text("select 1"))


@worker_process_init.connect
def start(**kwargs: object) -> None:
    asyncio.run(warm())
