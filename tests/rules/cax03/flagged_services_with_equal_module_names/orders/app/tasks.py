import asyncio

from celery import shared_task

from app.db import Session


async def work() -> None:
    async with Session() as session:
        await session.commit()


@shared_task
def ship() -> None:
    asyncio.run(work())  # CAX03 "orders/app/db.py:3"
