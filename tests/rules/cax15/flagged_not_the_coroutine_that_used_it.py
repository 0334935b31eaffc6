"""The report disposes what it used, before and after; only the hook has a loop of its own."""

import asyncio

from celery import shared_task
from celery.signals import worker_process_shutdown
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://localhost/shop")


async def count_orders() -> int:
    await engine.dispose()
    try:
        async with engine.connect() as connection:
            return (await connection.execute(text("select count(*) from orders"))).scalar_one()
    finally:
        await engine.dispose()


@shared_task
def report() -> int:
    return asyncio.run(count_orders())  # CAX02


@worker_process_shutdown.connect
def stop(**kwargs: object) -> None:
    asyncio.run(engine.dispose())  # CAX15@5
