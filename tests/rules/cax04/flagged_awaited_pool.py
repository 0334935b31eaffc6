import asyncio

import asyncpg
from celery import shared_task

_pool: asyncpg.Pool | None = None


async def get_pool() -> asyncpg.Pool:
    global _pool
    if _pool is None:
        _pool = await asyncpg.create_pool("postgresql://db/shop")  # CAX04@23 "_pool"
    return _pool


async def count() -> int:
    pool = await get_pool()
    async with pool.acquire() as connection:
        return await connection.fetchval("select count(*) from orders")


@shared_task
def report() -> int:
    return asyncio.run(count())  # CAX03 "_pool"
