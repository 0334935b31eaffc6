import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import httpx
from redis.asyncio import Redis

LIMIT = asyncio.Semaphore(5)


@asynccontextmanager
async def transaction() -> AsyncIterator[str]:
    yield "transaction"


async def pages(last: int) -> AsyncIterator[int]:
    for number in range(last):
        yield number


class Connection:
    async def __aenter__(self) -> "Connection":
        return self

    async def __aexit__(self, *args: object) -> None: ...


async def fetch(url: str, redis: Redis) -> None:
    with httpx.AsyncClient() as client:  # CAX11@10 "plain 'with'" "httpx.AsyncClient" "'async with'"
        await client.get(url)
    with LIMIT:  # CAX11@10 "asyncio.Semaphore"
        print(url)
    with transaction() as name, Connection():  # CAX11@10 "'transaction'"; CAX11@33 "'Connection'"
        print(name)
    for number in pages(3):  # CAX11@19 "plain 'for'" "'pages'" "'async for'"
        print(number)
    print([key for key in redis.scan_iter("user:*")])  # CAX11@27 "redis.asyncio.Redis.scan_iter()"
    async with aiohttp.ClientSession() as session:
        with session.get(url) as response:  # CAX11@14 "aiohttp.ClientSession.get()"
            print(response)
