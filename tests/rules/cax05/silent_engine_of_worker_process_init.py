import asyncio

from celery import shared_task
from celery.signals import worker_process_init
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

loop: asyncio.AbstractEventLoop | None = None
engine: AsyncEngine | None = None


@worker_process_init.connect
def start(**kwargs) -> None:
    global loop, engine
    loop = asyncio.new_event_loop()
    engine = create_async_engine("postgresql+asyncpg://db/shop")


async def count() -> int:
    async with engine.connect() as connection:
        return (await connection.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    return loop.run_until_complete(count())
