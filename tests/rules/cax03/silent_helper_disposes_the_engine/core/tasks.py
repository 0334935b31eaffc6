from celery import shared_task

from core.db import Session
from core.runner import run_async_task


async def _close(order: int) -> None:
    async with Session() as session:
        await session.commit()


@shared_task
def close(order: int) -> None:
    run_async_task(lambda: _close(order))
