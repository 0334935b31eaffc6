import redis.asyncio as aioredis

redis = aioredis.from_url("redis://cache")  # CAX04
