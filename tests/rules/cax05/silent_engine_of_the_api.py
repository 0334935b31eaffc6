from celery import shared_task
from fastapi import Depends, FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

api = FastAPI()
engine = create_async_engine("postgresql+asyncpg://db/shop")
SessionLocal = async_sessionmaker(engine)


async def get_db():
    async with SessionLocal() as session:
        yield session


@api.get("/orders")
async def orders(session: AsyncSession = Depends(get_db)) -> int:
    return (await session.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def purge(days: int) -> int:
    return days
