"""One coroutine closes the engine on many loops: told at each bridge that does nothing else, and once where it is."""

import asyncio

from celery import shared_task
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg:///shop")  # CAX05


async def close() -> None:
    await engine.dispose()  # CAX15 "before anything else" "reached from task 'early'"


async def ask() -> None:
    await engine.connect()


async def close_early() -> None:
    await close()
    await ask()


async def close_late() -> None:
    await ask()
    await close()


@shared_task
def one() -> None:
    asyncio.run(close())  # CAX15 "asyncio.run() closes"


@shared_task
def two() -> None:
    asyncio.run(close())  # CAX15 "asyncio.run() closes"


@shared_task
def early() -> None:
    asyncio.run(close_early())  # CAX03


@shared_task
def late() -> None:
    asyncio.run(close_late())  # CAX02
