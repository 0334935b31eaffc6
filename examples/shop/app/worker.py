"""What belongs to the worker processes themselves: their loop and their metrics."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import httpx
from celery import Task
from celery.signals import task_postrun, worker_ready

from app import settings

logger = logging.getLogger(__name__)
loop = asyncio.new_event_loop()


async def push_metric(name: str) -> None:
    try:
        async with httpx.AsyncClient(base_url=settings.PARTNERS_URL, timeout=2) as client:
            await client.post(f"/metrics/{name}")
    except httpx.HTTPError as error:
        logger.warning("metric %s not sent: %s", name, error)


@worker_ready.connect
async def announce_worker(**_: Any) -> None:
    await push_metric("worker_ready")


@task_postrun.connect
def count_task(task: Task, state: str, **_: Any) -> None:
    loop.run_until_complete(push_metric(f"task_{state}"))
