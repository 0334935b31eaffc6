import asyncio

from celery import shared_task

from app.database import get_session_factory


async def _expire() -> None:
    async with get_session_factory()() as session:
        await session.commit()


@shared_task
def expire() -> None:
    asyncio.run(_expire())  # CAX03 "_engine" "app/database.py:19"
