import asyncio

from celery import shared_task
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import AsyncAdaptedQueuePool

RUNNER = asyncio.Runner()
engine = create_async_engine("postgresql+psycopg://localhost/shop", poolclass=AsyncAdaptedQueuePool)


class Base(DeclarativeBase):
    pass


async def create_tables() -> None:
    async with engine.begin() as connection:  # CAX13 "at import via prepare() > create_tables()"
        await connection.run_sync(Base.metadata.create_all)


def prepare() -> None:
    asyncio.run(create_tables())


prepare()


async def load(order_id: int) -> object:
    async with engine.connect() as connection:
        return await connection.get_raw_connection()


@shared_task
def ship(order_id: int) -> None:
    RUNNER.run(load(order_id))
