import functools

from asgiref.sync import async_to_sync
from celery import shared_task
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import sessionmaker

engine = create_async_engine("postgresql+asyncpg://shop", echo=True)  # CAX05
Session = sessionmaker(engine, class_=AsyncSession)


def to_sync(f):
    return async_to_sync(f)


async def with_session(f, *args):
    async with Session() as session:
        return await f(session, *args)


def asyncify(f):
    @functools.wraps(f)
    def wrapper(*args):
        return to_sync(with_session)(f, *args)  # CAX03 "engine" "with_session()"

    return wrapper


@shared_task
@asyncify
async def count_orders(session, shop_id):
    return await session.scalar(shop_id)


async def greet(http):
    await http.get("/hello")


@shared_task
def hello():
    async_to_sync(greet)(http=None)  # CAX02
