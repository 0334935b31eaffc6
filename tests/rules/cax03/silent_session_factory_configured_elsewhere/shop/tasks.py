import asyncio

from celery import shared_task
from sqlalchemy import text

from shop.db import Session


async def clean():
    async with Session() as session:
        await session.execute(text("delete from carts"))
        await session.commit()


@shared_task
def clean_carts():
    asyncio.run(clean())  # CAX02
