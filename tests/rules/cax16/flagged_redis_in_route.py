import redis
from fastapi import APIRouter

router = APIRouter()
cache = redis.Redis.from_url("redis://localhost:6379/0")


@router.get("/counter/{name}")
async def counter(name: str) -> int:
    cache.incr(name)  # CAX16@5 "redis.Redis.from_url().incr()"
    client = redis.Redis(host="localhost")
    return int(client.get(name) or 0)  # CAX16@16 "redis.Redis().get()"
