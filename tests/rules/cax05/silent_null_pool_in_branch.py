import asyncio
import os

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

URL = "postgresql+asyncpg://db/shop"
_engines: dict[str, AsyncEngine] = {}


def get_engine() -> AsyncEngine:
    if "engine" not in _engines:
        if os.environ.get("BACKGROUND_TASK"):
            _engines["engine"] = create_async_engine(URL, poolclass=NullPool)
        else:
            _engines["engine"] = create_async_engine(URL, pool_size=20)
    return _engines["engine"]


async def count() -> int:
    async with get_engine().connect() as connection:
        return (await connection.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    return asyncio.run(count())  # CAX02
