import asyncio

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/hris")  # CAX05


async def sync(employee_id: int) -> None:
    # Too late: the connections belong to the loop of the task before.
    await engine.dispose()  # CAX15
    async with engine.begin() as connection:
        await connection.execute(text("update employees set synced = now()"))


@shared_task
def sync_employee(employee_id: int) -> None:
    asyncio.run(sync(employee_id))  # CAX03
