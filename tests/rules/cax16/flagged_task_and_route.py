"""The coroutine of the task is served by a route as well, where other requests wait for it."""
import asyncio
import time

from celery import shared_task
from fastapi import APIRouter

router = APIRouter()
RUNNER = asyncio.Runner()


async def rebuild(name: str) -> str:
    time.sleep(2)  # CAX16@5 "reached from task 'rebuild_later'"
    return name


@shared_task
def rebuild_later(name: str) -> str:
    return RUNNER.run(rebuild(name))


@router.post("/rebuild/{name}")
async def rebuild_now(name: str) -> str:
    return await rebuild(name)
