"""The engine is "reset" for the new loop: its connections belong to the loop of the last task."""

import asyncio

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://localhost/shop")  # CAX05


async def count_orders() -> int:
    await engine.dispose()  # CAX15@11 "dispose() closes, before anything else, 'engine'"
    async with engine.connect() as connection:
        return (await connection.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    return asyncio.run(count_orders())  # CAX03
