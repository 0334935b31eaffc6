import asyncio

from celery import shared_task

from core import *


async def work() -> None:
    async with session_maker()() as session:
        await session.commit()


@shared_task
def nightly() -> None:
    asyncio.run(work())  # CAX03 "_engine()"
