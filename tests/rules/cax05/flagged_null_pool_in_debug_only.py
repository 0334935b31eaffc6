import asyncio

from celery import shared_task
from django.conf import settings
from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine(  # CAX05
    settings.DATABASE_URL,
    poolclass=NullPool if settings.DEBUG else None,
)


async def count() -> int:
    async with engine.connect() as connection:
        return (await connection.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    return asyncio.run(count())  # CAX03
