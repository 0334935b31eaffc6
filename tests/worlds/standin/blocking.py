"""Calls that wait in a thread: on a loop that runs in it, and on a network without a time-out."""

from __future__ import annotations

import asyncio
from asyncio import events
from collections.abc import Iterable
from typing import Any, Literal
from weakref import WeakKeyDictionary

from tests.worlds.standin.events import Place, log

Weight = Literal["A", "B", "C"]
"""What a call waits for: the world outside, a store, a file."""


def block(weight: Weight, seconds: float = 0.0) -> None:
    """Record a call that would wait some seconds in this thread; it is a defect where a loop runs in it."""
    loop = events._get_running_loop()
    if loop is not None:
        log.skipped += seconds
        company = "" if has_company(loop) else " alone"
        log.add("blocking", log.in_coroutine(), log.here(), detail=f"{weight}{company}")


def ask_network(timeout: Any, place: Place | None = None) -> None:
    """Record a call of the network; without a time-out it is a defect in a task.

    The place is where the time-out is decided, when that is not the call itself.
    """
    if timeout is None and log.task:
        log.add("no timeout", place or log.here())


_broker_pause = 0.0


def pause_broker(seconds: float) -> None:
    """Have the broker keep the next one who publishes waiting."""
    global _broker_pause
    _broker_pause = seconds


def publish() -> None:
    """Record that a task is published; where a loop runs in this thread, it waits for the broker."""
    loop = events._get_running_loop()
    if loop is not None:
        log.add("publish", log.in_coroutine(), detail="" if has_company(loop) else "alone")
        log.skipped += _broker_pause
    pause_broker(0.0)


def has_company(loop: asyncio.AbstractEventLoop) -> bool:
    """Say whether something runs on the loop beside the current task that does not wait for it.

    A loop may serve others in truth, which never come at the same time here.
    """
    if getattr(loop, "serves_many", False):
        return True
    current = asyncio.current_task(loop)
    if current is None:
        return len(asyncio.all_tasks(loop)) > 1  # a callback, which one of them has asked for
    waiting: set[Any] = {current}
    others = asyncio.all_tasks(loop) - {current}
    while True:
        found = {task for task in others - waiting if _waits_for(task, waiting)}
        if not found:
            return bool(others - waiting)
        if any(len(set(_gathered(task))) > 1 for task in found):
            return True  # that another one of them is done already is the luck of this order
        waiting |= found


def _waits_for(task: asyncio.Task[Any], waiting: set[Any]) -> bool:
    awaited = getattr(task, "_fut_waiter", None)
    if awaited is None:
        return False
    inner = (*_gathered(task), shielded.get(awaited))
    return awaited in waiting or any(child in waiting for child in inner)


def _gathered(task: asyncio.Task[Any]) -> Iterable[Any]:
    """Return what a task waits for by ``gather``, done or not."""
    return getattr(getattr(task, "_fut_waiter", None), "_children", ())


shielded: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
"""What ``asyncio.shield`` waits for, by the future that it gives."""
