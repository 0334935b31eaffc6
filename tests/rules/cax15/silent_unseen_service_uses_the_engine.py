import asyncio

from celery import shared_task
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from shop.reports import monthly

engine = create_async_engine("postgresql+asyncpg://localhost/shop")
sessions = async_sessionmaker(engine)


async def build() -> None:
    await monthly.build()
    await engine.dispose()


@shared_task
def report() -> None:
    with asyncio.Runner() as runner:
        runner.run(build())
