import asyncio

from celery import shared_task
from celery.signals import worker_process_init
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/food")  # CAX05


@worker_process_init.connect
def forget_connections(**kwargs) -> None:
    engine.sync_engine.dispose(close=False)


async def expire_offers() -> None:
    async with engine.begin() as connection:
        await connection.execute(text("delete from offers where until < now()"))


@shared_task
def expire() -> None:
    # A handler that disposes after the fork does not help the second task of the process.
    asyncio.run(expire_offers())  # CAX03@5
