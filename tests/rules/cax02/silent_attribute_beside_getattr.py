import asyncio

from celery import shared_task


async def load() -> int:
    await asyncio.sleep(0)
    return 1


class Settings:
    limit = 1

    def __init__(self) -> None:
        self.rate = 2

    def __getattr__(self, key: str) -> int:
        return asyncio.run(load())


settings = Settings()


@shared_task
def report() -> int:
    return settings.limit + settings.rate
