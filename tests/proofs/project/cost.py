"""What one call of the program's task costs, beside the same coroutine on a loop that is kept."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from celery import shared_task

import tasks

LOOP: asyncio.AbstractEventLoop | None = None
ROUNDS, CALLS = 20, 20
MUCH = 2.5


def _seconds(call: Callable[[], object]) -> float:
    """The shortest time of several rounds: what the machine does beside makes a round longer, never shorter."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(CALLS):
            call()
        best = min(best, time.perf_counter() - start)
    return best


@shared_task
def compare() -> str:
    global LOOP
    if LOOP is None:
        LOOP = asyncio.new_event_loop()
    loop = LOOP
    kept = _seconds(lambda: loop.run_until_complete(tasks.add_points(7)))
    ours = _seconds(lambda: tasks.reward.run(7))
    return f"{'more' if ours > MUCH * kept else 'less'} than {MUCH} times the cost on a kept loop"
