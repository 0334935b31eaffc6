import asyncio

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/crm", pool_pre_ping=True)  # CAX05 "engine"
SessionLocal = async_sessionmaker(engine, expire_on_commit=False)


async def _sync(contact_id: int) -> int:
    async with SessionLocal() as session:
        await session.execute(text("update contacts set seen = now()"))
        await session.commit()
    return contact_id


@shared_task
def sync_contact(contact_id: int) -> int:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(_sync(contact_id))  # CAX03@16 "run_until_complete()" "'engine'"
    finally:
        loop.close()
