import asyncpg

_pool = None


async def get_pool() -> asyncpg.Pool:
    global _pool
    if _pool is None:
        _pool = await asyncpg.create_pool("postgresql://db/store", min_size=1)  # CAX04 "_pool"
    return _pool
