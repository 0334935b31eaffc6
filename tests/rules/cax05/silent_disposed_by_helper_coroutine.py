import asyncio
from collections.abc import Coroutine

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/hris")


async def _with_dispose(coroutine: Coroutine) -> object:
    try:
        return await coroutine
    finally:
        await engine.dispose()


def run_async(coroutine: Coroutine) -> object:
    return asyncio.run(_with_dispose(coroutine))  # CAX02


async def sync(employee_id: int) -> int:
    async with engine.begin() as connection:
        await connection.execute(text("update employees set synced = now()"))
    return employee_id


@shared_task
def sync_employee(employee_id: int) -> object:
    return run_async(sync(employee_id))
