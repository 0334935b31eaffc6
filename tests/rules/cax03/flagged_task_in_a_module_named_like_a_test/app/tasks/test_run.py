import asyncio

from celery import shared_task

from app.db import engine


async def load(number):
    async with engine.connect() as connection:
        await connection.exec_driver_sql("select 1")


@shared_task
def test_run(number):
    asyncio.run(load(number))  # CAX03 "engine"
