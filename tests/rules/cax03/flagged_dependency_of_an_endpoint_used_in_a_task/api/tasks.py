import asyncio

from celery import shared_task

from api.deps import get_db
from api.repository import Orders


async def _close() -> None:
    async for session in get_db():
        await Orders(session).close()


@shared_task
def close_orders() -> None:
    asyncio.run(_close())  # CAX03 "engine" "api/deps.py:5"
