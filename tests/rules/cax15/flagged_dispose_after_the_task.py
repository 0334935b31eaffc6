import asyncio

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

RUNNER = asyncio.Runner()
engine = create_async_engine("postgresql+asyncpg://localhost/shop")


async def count_orders() -> int:
    async with engine.connect() as connection:
        return (await connection.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    try:
        return RUNNER.run(count_orders())
    finally:
        asyncio.run(engine.dispose())  # CAX15@9 "asyncio.run() closes 'engine' (app/flagged_dispose_after_the_task.py:8)"
