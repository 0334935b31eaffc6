"""The parent has connections, and the child closes them before it works with the engine."""

import asyncio

from celery.signals import worker_init, worker_process_init
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+psycopg://localhost/shop")  # CAX05


async def ping() -> None:
    async with engine.connect() as connection:  # CAX13
        await connection.execute(text("select 1"))


async def warm() -> None:
    await engine.dispose()
    await ping()


@worker_init.connect
def check(**kwargs: object) -> None:
    asyncio.run(ping())  # CAX03


@worker_process_init.connect
def start(**kwargs: object) -> None:
    asyncio.run(warm())  # CAX03; CAX15 "without close=False"
