from celery import shared_task

from core.db import Session
from core.runner import run_async


async def work() -> None:
    async with Session() as session:
        await session.commit()


@shared_task
def nightly() -> None:
    run_async(work())
