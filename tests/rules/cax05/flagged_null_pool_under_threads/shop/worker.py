import asyncio

from celery import Celery
from shop.db import Session
from sqlalchemy import text

app = Celery("shop")


async def count():
    async with Session() as session:
        return await session.scalar(text("select count(*) from orders"))


@app.task
def count_orders():
    return asyncio.run(count())  # CAX02
