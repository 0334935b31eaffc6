import asyncio

from celery import shared_task

from app.db import engine


async def load(number):
    async with engine.connect() as connection:
        await connection.exec_driver_sql("select 1")


@shared_task
def work(number):
    asyncio.run(load(number))


def test_work():
    assert work.delay(1).get() is None
