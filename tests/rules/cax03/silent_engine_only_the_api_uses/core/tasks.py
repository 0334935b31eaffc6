import asyncio

from celery import shared_task

from core.db import task_session


async def work() -> None:
    async with task_session() as session:
        await session.commit()


@shared_task
def nightly() -> None:
    asyncio.run(work())  # CAX02
