"""The second run closes what the first one opened."""

import asyncio

from celery.signals import worker_init
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://localhost/shop")  # CAX05


async def check() -> None:
    await engine.dispose()  # CAX15@11 "before anything else"
    async with engine.connect() as connection:
        await connection.execute(text("select 1"))


@worker_init.connect
def start(**kwargs: object) -> None:
    for _ in range(2):
        asyncio.run(check())  # CAX03
