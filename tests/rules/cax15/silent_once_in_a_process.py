"""There is one loop in the life of the process that could have opened connections: the one that closes them."""

import asyncio

from celery.signals import worker_init
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://localhost/shop")


async def check() -> None:
    await engine.dispose()
    async with engine.connect() as connection:
        await connection.execute(text("select 1"))


@worker_init.connect
def start(**kwargs: object) -> None:
    asyncio.run(check())
