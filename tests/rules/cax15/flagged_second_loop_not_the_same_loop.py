import asyncio

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://localhost/shop")


async def count_orders() -> int:
    async with engine.connect() as connection:
        return (await connection.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    with asyncio.Runner() as runner:
        try:
            return runner.run(count_orders())  # CAX02
        finally:
            runner.run(engine.dispose())


@shared_task
def reset() -> None:
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(engine.dispose())  # CAX15@9
    finally:
        loop.close()
