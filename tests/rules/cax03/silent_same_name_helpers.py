import asyncio

import httpx
from alembic.runtime.migration import MigrationContext
from celery import shared_task
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/shop")


def _run(coroutine):
    return asyncio.run(coroutine)  # CAX02


async def migrate() -> None:
    async with engine.connect() as connection:
        await connection.run_sync(MigrationContext.configure)


@shared_task
def refresh(url: str) -> int:
    async def _run_once() -> int:
        async with httpx.AsyncClient() as client:
            return (await client.get(url)).status_code

    return _run(_run_once())
