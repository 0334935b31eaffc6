"""The same method names on objects that do not block (and ``import redis.asyncio as redis``)."""
import asyncio

import httpx
import redis.asyncio as redis
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

engine = create_async_engine("sqlite+aiosqlite://")
Session = async_sessionmaker(engine)
cache = redis.Redis()


async def read(url: str, db: AsyncSession) -> list:
    async with httpx.AsyncClient() as client:
        response = await client.get(url)
    value = await cache.get("key")
    async with Session() as session:
        rows = await session.execute("select 1")
        await session.commit()
    await db.flush()
    process = await asyncio.create_subprocess_exec("ls")
    await process.wait()
    return [response.text, value, rows.scalars().all()]
