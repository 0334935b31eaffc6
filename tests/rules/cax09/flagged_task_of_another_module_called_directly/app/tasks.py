import asyncio

from app.main import celery


async def _rebuild(key: str) -> None:
    print(key)


@celery.task
def rebuild(key: str) -> None:
    asyncio.run(_rebuild(key))  # CAX02
