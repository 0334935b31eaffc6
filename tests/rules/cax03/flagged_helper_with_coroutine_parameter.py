import asyncio

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/shop")  # CAX05@10 "engine" "_run()"


def _run(coroutine):
    return asyncio.run(coroutine)  # CAX03@12 "'engine' (app/flagged_helper_with_coroutine_parameter.py:7)" "reached from task 'recount'" "_run()"


async def count_orders() -> int:
    async with engine.connect() as connection:
        return (await connection.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def recount() -> int:
    return _run(count_orders())
