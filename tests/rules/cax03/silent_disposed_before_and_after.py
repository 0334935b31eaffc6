import asyncio
from collections.abc import Awaitable, Callable

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/crm")


def run_celery_task(factory: Callable[[], Awaitable[int]]) -> int:
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(engine.dispose(close=False))
        return loop.run_until_complete(factory())  # CAX02
    finally:
        loop.run_until_complete(engine.dispose())
        loop.close()


async def impl(contact_id: int) -> int:
    async with engine.connect() as connection:
        await connection.execute(text("select 1"))
    return contact_id


@shared_task
def enrich(contact_id: int) -> int:
    return run_celery_task(lambda: impl(contact_id))
