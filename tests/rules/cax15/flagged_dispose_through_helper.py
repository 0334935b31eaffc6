import asyncio
from collections.abc import Coroutine
from typing import Any

from celery import shared_task
from celery.signals import worker_process_shutdown
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://localhost/shop")  # CAX05


def run_async(coroutine: Coroutine[Any, Any, Any]) -> Any:
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(coroutine)  # CAX03
    finally:
        loop.close()


async def count_orders() -> int:
    async with engine.connect() as connection:
        return (await connection.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    return run_async(count_orders())


@worker_process_shutdown.connect
def stop(**kwargs: object) -> None:
    run_async(engine.dispose())  # CAX15@15
