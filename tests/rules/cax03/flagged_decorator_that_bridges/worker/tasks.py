from celery import shared_task

from worker.db import Session
from worker.decorators import run_as_coroutine


@shared_task
@run_as_coroutine
async def close_orders() -> None:
    async with Session() as session:
        await session.commit()
