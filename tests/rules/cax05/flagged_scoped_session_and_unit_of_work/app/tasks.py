import asyncio

from celery import shared_task

from app.uow import UnitOfWork


async def _commit() -> None:
    async with UnitOfWork() as uow:
        await uow.commit()


@shared_task
def commit() -> None:
    asyncio.run(_commit())  # CAX03 "engine"
