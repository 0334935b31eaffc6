"""One call warms the pool up on a loop that ends; the tasks, on one loop of their own, are given its connections."""

import asyncio

from celery import shared_task
from celery.signals import worker_process_init
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/shop")  # CAX05
RUNNER = asyncio.Runner()


async def ping() -> int:
    async with engine.connect() as connection:
        return (await connection.execute(text("select 1"))).scalar_one()


@worker_process_init.connect
def warm_up(**kwargs: object) -> None:
    asyncio.run(ping())  # CAX03 "engine"


@shared_task
def check() -> int:
    return RUNNER.run(ping())
