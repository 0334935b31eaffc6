import asyncio

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine


class Database:
    def __init__(self, url: str) -> None:
        self.engine = create_async_engine(url)  # CAX05 "Database.engine"
        self.session = async_sessionmaker(self.engine)


database = Database("postgresql+asyncpg://db/shop")


async def count() -> int:
    async with database.session() as session:
        return (await session.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    return asyncio.run(count())  # CAX03 "Database.engine"
