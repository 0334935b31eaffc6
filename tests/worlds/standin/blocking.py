"""Calls that wait in a thread: on a loop that runs in it, and on a network without a time-out."""

from __future__ import annotations

import asyncio
from asyncio import events
from typing import Any, Literal

from tests.worlds.standin.events import Place, log

Weight = Literal["A", "B", "C"]
"""What a call waits for: the world outside, a store, a file."""


def block(weight: Weight) -> None:
    """Record a call that waits in this thread; it is a defect where a loop runs in it."""
    loop = events._get_running_loop()
    if loop is not None:
        company = "" if has_company(loop) else " alone"
        log.add("blocking", log.in_coroutine(), log.here(), detail=f"{weight}{company}")


def ask_network(timeout: Any, place: Place | None = None) -> None:
    """Record a call of the network; without a time-out it is a defect in a task.

    The place is where the time-out is decided, when that is not the call itself.
    """
    if timeout is None and log.task:
        log.add("no timeout", place or log.here())


def has_company(loop: asyncio.AbstractEventLoop) -> bool:
    """Say whether something runs on the loop beside the current task that does not wait for it."""
    current = asyncio.current_task(loop)
    if current is None:
        return len(asyncio.all_tasks(loop)) > 1  # a callback, which one of them has asked for
    waiting: set[Any] = {current}
    others = asyncio.all_tasks(loop) - {current}
    while True:
        found = {task for task in others - waiting if _waits_for(task, waiting)}
        if not found:
            return bool(others - waiting)
        waiting |= found


def _waits_for(task: asyncio.Task[Any], waiting: set[Any]) -> bool:
    awaited = getattr(task, "_fut_waiter", None)
    if awaited is None:
        return False
    return awaited in waiting or any(child in waiting for child in getattr(awaited, "_children", ()))
