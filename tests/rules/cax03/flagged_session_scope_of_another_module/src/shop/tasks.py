import asyncio

from celery import shared_task
from sqlalchemy import text

from shop.db import session_scope


@shared_task
def purge() -> None:
    async def _purge() -> None:
        async with session_scope() as session:
            await session.execute(text("delete from carts"))

    asyncio.run(_purge())  # CAX03 "engine" "src/shop/db.py:9"
