import asyncio

from celery import shared_task

from shop.db import Session


async def work() -> None:
    async with Session() as session:
        await session.commit()


@shared_task
def nightly() -> None:
    asyncio.run(work())  # CAX02
