from pkg.redis_pool import get_redis


class InterestCache:
    @classmethod
    async def get(cls, user: str) -> str | None:
        return await get_redis().get(f"interest:{user}")
