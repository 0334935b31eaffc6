import asyncio

from celery import shared_task
from celery.signals import worker_process_shutdown
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

RUNNER = asyncio.Runner()
engine = create_async_engine("postgresql+asyncpg://localhost/shop")


async def count_orders() -> int:
    async with engine.connect() as connection:
        return (await connection.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    return RUNNER.run(count_orders())


@worker_process_shutdown.connect
def stop(**kwargs: object) -> None:
    RUNNER.run(engine.dispose())
    RUNNER.close()
