from .pool import get_pool


async def orders() -> list:
    pool = await get_pool()
    async with pool.acquire() as connection:
        return await connection.fetch("select * from orders")
