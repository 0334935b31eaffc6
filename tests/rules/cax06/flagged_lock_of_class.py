import asyncio

from celery import shared_task


class TokenCache:
    _lock = asyncio.Lock()  # CAX06@13 "TokenCache._lock"
    _token: str | None = None

    @classmethod
    async def get(cls) -> str:
        async with cls._lock:
            if cls._token is None:
                await asyncio.sleep(0)
                cls._token = "token"
            return cls._token


async def call() -> list[str]:
    return await asyncio.gather(TokenCache.get(), TokenCache.get())


@shared_task
def ping() -> list[str]:
    return asyncio.run(call())  # CAX02
