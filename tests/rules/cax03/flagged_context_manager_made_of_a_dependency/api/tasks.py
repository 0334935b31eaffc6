import asyncio

from celery import shared_task

from api.deps import get_db_context


async def _close() -> None:
    async with get_db_context() as session:
        await session.commit()


@shared_task
def close_orders() -> None:
    asyncio.run(_close())  # CAX03 "engine" "api/deps.py:5"
