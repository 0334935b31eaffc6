import asyncio

from celery import shared_task

from shop.db import Session


@shared_task
def count() -> None:
    async def work():
        async with Session() as session:
            await session.commit()

    # one loop for each call
    asyncio.run(work())  # CAX03 "engine" "shop/db/engine.py:3"
