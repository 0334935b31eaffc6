"""What belongs to the worker processes themselves: their loop and their metrics."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

import httpx
from celery import Task
from celery.signals import task_postrun, worker_ready

from app import settings

T = TypeVar("T")
logger = logging.getLogger(__name__)
_lock = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None
_pid = 0


def _process_loop() -> asyncio.AbstractEventLoop:
    """The loop of this process, in a thread of its own. It is made on first use, so each child has one that lives."""
    global _loop, _pid
    with _lock:
        if _loop is None or _pid != os.getpid():
            _loop = asyncio.new_event_loop()
            threading.Thread(target=_loop.run_forever, name="shop-loop", daemon=True).start()
            _pid = os.getpid()
        return _loop


def run(coroutine: Coroutine[Any, Any, T], timeout: float = 60) -> T:
    """Runs a coroutine for a task. Clients and engines may be kept: all coroutines of a process share one loop.

    ``timeout`` is in seconds. When the wait ends early, for whatever reason, the coroutine is cancelled.
    """
    future = asyncio.run_coroutine_threadsafe(coroutine, _process_loop())
    try:
        return future.result(timeout)
    except BaseException:
        future.cancel()
        raise


def push_metric(name: str) -> None:
    try:
        httpx.post(f"{settings.PARTNERS_URL}/metrics/{name}", timeout=2)
    except httpx.HTTPError as error:
        logger.warning("metric %s not sent: %s", name, error)


@worker_ready.connect
def announce_worker(**_: Any) -> None:
    push_metric("worker_ready")


@task_postrun.connect
def count_task(task: Task, state: str, **_: Any) -> None:
    push_metric(f"task_{state}")
