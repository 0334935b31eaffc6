import asyncio

from celery import shared_task
from redis.asyncio import from_url
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/crm")
redis = from_url("redis://cache")  # CAX04 "redis"


async def score(contact_id: int) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("update contacts set score = 1"))
    await redis.delete(f"score:{contact_id}")


async def guarded(contact_id: int) -> None:
    try:
        await score(contact_id)
    finally:
        await engine.dispose()


@shared_task
def score_contact(contact_id: int) -> None:
    # The engine is disposed on this loop, the Redis client is not: safety is judged for each object.
    asyncio.run(guarded(contact_id))  # CAX03 "'redis'"
