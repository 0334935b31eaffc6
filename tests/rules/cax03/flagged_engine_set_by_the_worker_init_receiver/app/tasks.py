import asyncio

from app import db
from app.worker import celery_app


async def _close() -> None:
    async with db.Session() as session:
        await session.commit()


@celery_app.task
def close() -> None:
    asyncio.run(_close())  # CAX03 "db.engine"
