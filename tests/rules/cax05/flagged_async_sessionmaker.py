import asyncio

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/shop")  # CAX05 "'engine'"
session_factory: async_sessionmaker[AsyncSession] = async_sessionmaker(engine)


class OrderRepository:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def archive(self, order_id: int) -> None:
        await self.session.execute(text("update orders set archived = true"))


@shared_task
def archive_order(order_id: int) -> None:
    async def _archive() -> None:
        async with session_factory() as session, session.begin():
            await OrderRepository(session).archive(order_id)

    asyncio.run(_archive())  # CAX03
