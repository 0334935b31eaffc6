from redis.asyncio import Redis


async def count(redis: Redis, names: list[str]) -> list[int]:
    async with redis.pipeline(transaction=True) as pipe:
        for name in names:
            pipe.incr(name)
            pipe.expire(name, 60)
        return await pipe.execute()
