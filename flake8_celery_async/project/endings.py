"""How the event loop of a bridge ends before the objects that were used on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from flake8_celery_async.options import Pool
from flake8_celery_async.project.pools import Pools
from flake8_celery_async.project.worker import Use, Visit, WorkerCode
from flake8_celery_async.semantics.bridges import FRESH, OWN, Bridge
from flake8_celery_async.semantics.current_loop import takes_loop_away
from flake8_celery_async.semantics.resources import is_thread_local
from flake8_celery_async.source.evaluate import Evaluator

CLOSES = "closes its event loop"
"""What is said of a fresh bridge."""
PoolsAt = Callable[[Visit], Pools]


class Endings:
    """The ends of the loops that worker code runs coroutines on."""

    def __init__(self, worker: WorkerCode, evaluator: Evaluator, pools_at: PoolsAt) -> None:
        self._worker = worker
        self._evaluator = evaluator
        self._pools_at = pools_at

    def of(self, use: Use) -> str:
        """Return what a message says of the end of the loop, or an empty string when none is seen.

        ``closes its event loop``, ``runs on the thread's event loop, which asyncio.run() (app/tasks.py:30) takes
        away``: to be said of the bridge. A loop of the thread's own ends when ``asyncio.run`` takes it away (LAB 4c'');
        under the threads pool there is one for each thread, so two of them meet an object of the process.
        """
        bridge = use.visit.bridge
        if bridge is None or bridge.loop not in (FRESH, OWN):
            return ""
        if bridge.loop == FRESH:
            return CLOSES
        for pool in self._pools_at(use.visit).met:
            if pool.pool is Pool.THREADS and not is_thread_local(use.resource):
                return f"runs on a thread's event loop, of which the threads pool ({pool.said}) has several"
        if self.taker is not None and not use.visit.threaded:
            return f"runs on the thread's event loop, which {self.taker.name} ({self.taker.place}) takes away"
        return ""

    @cached_property
    def taker(self) -> Bridge | None:
        """The first bridge on the worker's own thread after which that thread has no loop."""
        found = [b for b, visit in self._worker.bridges if not visit.threaded and takes_loop_away(b, self._evaluator)]
        return min(found, key=lambda bridge: bridge.place, default=None)
