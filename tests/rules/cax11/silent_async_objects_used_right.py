import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import aiohttp


@asynccontextmanager
async def transaction() -> AsyncIterator[str]:
    yield "transaction"


@contextmanager
def timer() -> Iterator[None]:
    yield


async def pages(last: int) -> AsyncIterator[int]:
    for number in range(last):
        yield number


class Both:
    def __enter__(self) -> "Both":
        return self

    def __exit__(self, *args: object) -> None: ...

    async def __aenter__(self) -> "Both":
        return self

    async def __aexit__(self, *args: object) -> None: ...


async def fetch(url: str) -> list[int]:
    with timer(), Both():
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            if response and await response.json():
                print(response.status)
    async with transaction(), asyncio.Lock(), Both():
        numbers = pages(3)
        found = [number async for number in numbers]
        async for number in pages(2):
            found.append(number)
    chunk = await asyncio.to_thread(list, found)
    for number in chunk:
        print(number)
    return found
