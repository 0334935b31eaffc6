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
from flake8_celery_async.semantics.tasks import Task
from flake8_celery_async.source.evaluate import Evaluator

CLOSES = "closes its event loop"
"""What is said of a fresh bridge."""
PoolsAt = Callable[[Visit], Pools]
Meet = Callable[["Task | None", "Task | None"], bool]
"""Says whether one worker may run both tasks; None for a receiver of a signal, which every worker runs."""


class Endings:
    """The ends of the loops that worker code runs coroutines on."""

    def __init__(self, worker: WorkerCode, evaluator: Evaluator, pools_at: PoolsAt, meet: Meet) -> None:
        self._worker = worker
        self._evaluator = evaluator
        self._pools_at = pools_at
        self._meet = meet

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
        taker = None if use.visit.threaded else self.taker(use.visit)
        if taker is not None:
            return f"runs on the thread's event loop, which {taker.name} ({taker.place}) takes away"
        return ""

    def taker(self, visit: Visit) -> Bridge | None:
        """Return the first bridge on the worker's own thread after which that thread has no loop.

        A worker that does not run the task of ``visit`` as well takes nothing away from it.
        """
        return next((bridge for bridge, by in self._takers if self._meet(by.root.task, visit.root.task)), None)

    @cached_property
    def _takers(self) -> list[tuple[Bridge, Visit]]:
        found = {
            (bridge.place, visit.root.place): (bridge, visit)
            for bridge, visit in reversed(self._worker.bridges)
            if not visit.threaded and takes_loop_away(bridge, self._evaluator)
        }
        return [found[key] for key in sorted(found)]
