import asyncio
import os

from celery import shared_task
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

URL = "postgresql+asyncpg://db/shop"
_engine = None


def shared_engine():
    global _engine
    if _engine is None:
        _engine = create_async_engine(URL)  # CAX05
    return _engine


def get_engine():
    if os.environ.get("CELERY_WORKER"):
        return create_async_engine(URL, poolclass=AsyncAdaptedQueuePool)
    return shared_engine()


async def load() -> None:
    async with get_engine().connect() as connection:
        await connection.exec_driver_sql("select 1")


@shared_task
def run() -> None:
    asyncio.run(load())  # CAX03
