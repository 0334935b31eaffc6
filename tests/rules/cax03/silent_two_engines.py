from celery import shared_task
from fastapi import FastAPI
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import sessionmaker

api = FastAPI()
async_engine = create_async_engine("postgresql+asyncpg://db/shop")
engine = create_engine("postgresql+psycopg://db/shop")
Session = sessionmaker(engine)


@api.get("/orders")
async def orders() -> int:
    async with async_engine.connect() as connection:
        return (await connection.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    with Session() as session:
        return session.execute(text("select count(*) from orders")).scalar_one()
