"""A helper drops the pool on the task's loop, before the work and after it, so the next loop finds no connection."""

import asyncio
import logging

from celery import shared_task
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/shop")
new_session = async_sessionmaker(engine)


def drop_connections(loop):
    try:
        loop.run_until_complete(engine.dispose())
    except OSError:
        logging.warning("the pool could not be dropped", exc_info=True)


def run_on_new_loop(make):
    loop = asyncio.new_event_loop()
    try:
        drop_connections(loop)
        return loop.run_until_complete(make())  # CAX02
    finally:
        drop_connections(loop)
        loop.close()


async def close_orders():
    async with new_session() as session:
        await session.commit()


@shared_task
def close_all():
    run_on_new_loop(lambda: close_orders())
