import asyncio

from celery.signals import worker_process_init
from sqlalchemy.ext.asyncio import create_async_engine

RUNNER = asyncio.Runner()
engine = create_async_engine("postgresql+asyncpg://localhost/shop")


async def forget() -> None:
    await engine.dispose()


@worker_process_init.connect
def start(**kwargs: object) -> None:
    RUNNER.run(forget())  # CAX15@5 "without close=False"
