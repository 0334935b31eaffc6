import asyncpg


class Store:
    _pool: asyncpg.Pool | None = None

    async def pool(self) -> asyncpg.Pool:
        if Store._pool is None:
            Store._pool = await asyncpg.create_pool("postgresql://db/shop")  # CAX04 "Store._pool"
        return Store._pool

    async def count(self) -> int:
        pool = await self.pool()
        return await pool.fetchval("select count(*) from orders")
