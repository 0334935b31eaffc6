import asyncio

from celery import shared_task

from core.database import DatabaseManager


async def _flush() -> None:
    await DatabaseManager.initialize("postgresql+asyncpg://db/game")
    async with DatabaseManager.session() as session:
        await session.commit()


@shared_task
def flush() -> None:
    asyncio.run(_flush())  # CAX03 "DatabaseManager._engine" "backend/core/database.py:14"
