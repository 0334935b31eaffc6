"""How the event loop of a bridge ends before the objects that were used on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from functools import cached_property

from flake8_celery_async.options import Pool
from flake8_celery_async.project.pools import Pools, Worker
from flake8_celery_async.project.ways import Crossing, Crossings, Root, Visit
from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.semantics.bridges import FRESH, OWN, Bridge
from flake8_celery_async.semantics.catalog.signals import AFTER_TASKS, BEFORE_TASKS, ONCE
from flake8_celery_async.semantics.current_loop import takes_loop_away
from flake8_celery_async.semantics.resources import Resource, is_thread_local
from flake8_celery_async.semantics.tasks import Task
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.origins import Place

CLOSES = "closes its event loop"
"""What is said of a fresh bridge."""
PoolsAt = Callable[[Visit], Pools]
MADE_ANEW = "runs on an event loop made for this call"
"""What is said of a bridge to the loop of a thread that the same function starts."""
QueueOf = Callable[[Task], "str | None"]
"""Returns the queue of a task; None when that cannot be told."""
AppsOf = Callable[[Root], "Sequence[Place | None]"]
"""Returns the apps whose workers run what begins at a root; None among them stands for any app."""


class _Anything(Enum):
    """Stands in a key for all apps and for all queues."""

    ANYTHING = "anything"


_ANYTHING = _Anything.ANYTHING
_Where = str | int | None | _Anything
"""A queue, None for one that cannot be told, or the number of a worker that names queues."""


class _Takers:
    """Bridges after which a thread has no loop, by the tasks that the worker may run which runs theirs.

    Two tasks may meet unless they have different apps, or different queues and no worker serves both.
    """

    def __init__(
        self, takers: Sequence[Crossing], queue_of: QueueOf, apps_of: AppsOf, workers: Iterable[Worker]
    ) -> None:
        self._bridges = [crossing.bridge for crossing in takers]
        self._queue_of = queue_of
        self._apps_of = apps_of
        named = [worker.command.queues for worker in workers]
        self._serves_all = None in named
        self._naming: dict[str, list[int]] = {}
        """The workers that name a queue."""
        for number, queues in enumerate(named):
            for queue in set(queues or ()):
                self._naming.setdefault(queue, []).append(number)
        self._ranks: dict[tuple[Place | _Anything | None, _Where], int] = {}
        """Which taker is the first of an app in a queue, or of those in the queues of a worker."""
        self._of_receivers: dict[Place | None, int] = {}
        """Which taker is the first that the receivers of an app reach, which each of its workers runs."""
        self._at_start = [(c.visit.root, c.bridge) for c in takers if runs_first(c.visit.root)]
        seen: set[tuple[Place | None, str | None]] = set()
        for rank, crossing in enumerate(takers):
            root = crossing.visit.root
            for app in apps_of(root):
                if root.task is None:
                    self._of_receivers.setdefault(app, rank)
                elif (key := (app, queue_of(root.task))) not in seen:
                    seen.add(key)
                    self._enter(rank, *key)

    def _enter(self, rank: int, app: Place | None, queue: str | None) -> None:
        places: list[_Where] = [_ANYTHING, queue, *(self._naming.get(queue, ()) if queue is not None else ())]
        for where in places:
            self._ranks.setdefault((app, where), rank)
            self._ranks.setdefault((_ANYTHING, where), rank)

    def before(self, root: Root) -> Bridge | None:
        """Return the first one that has run when the worker starts with a receiver."""
        return next((bridge for other, bridge in self._at_start if _is_earlier(other, root)), None)

    def first(self, root: Root) -> Bridge | None:
        """Return the first one that a worker may run that runs a task or a receiver."""
        queue = self._queue_of(root.task) if root.task is not None else None
        places: list[_Where] = [_ANYTHING]
        if queue is not None and not self._serves_all:
            places = [queue, None, *self._naming.get(queue, ())]
        own = self._apps_of(root)
        apps: Sequence[Place | _Anything | None] = (_ANYTHING,) if None in own else (*own, None)
        found = [self._ranks[app, where] for where in places for app in apps if (app, where) in self._ranks]
        found += [rank for app, rank in self._of_receivers.items() if app is None or None in own or app in own]
        return self._bridges[min(found)] if found else None


def runs_first(root: Root) -> bool:
    """Say whether it is a receiver that a worker's process runs once, before all tasks."""
    return root.receiver is not None and root.receiver.signal.name in BEFORE_TASKS


def runs_once(root: Root) -> bool:
    """Say whether it is a receiver that a process runs once in its life."""
    return root.receiver is not None and root.receiver.signal.name in ONCE


def _runs_last(root: Root) -> bool:
    """Say whether it is a receiver that a process runs after its last task."""
    return root.receiver is not None and root.receiver.signal.name in AFTER_TASKS


def _is_earlier(one: Root, other: Root) -> bool:
    """Say whether a receiver that runs before all tasks is known to run before another one, in the same process."""
    if one.receiver is None or other.receiver is None:
        return False
    first, second = (BEFORE_TASKS.index(root.receiver.signal.name) for root in (one, other) if root.receiver)
    if first == second:
        return one.place.path == other.place.path and one.place < other.place
    return first < second and one.receiver.signal.process == "parent"


class Endings:
    """The ends of the loops that worker code runs coroutines on."""

    def __init__(
        self,
        worker: WorkerCode,
        evaluator: Evaluator,
        pools_at: PoolsAt,
        queue_of: QueueOf,
        apps_of: AppsOf,
        workers: Callable[[], Iterable[Worker]],
    ) -> None:
        self._worker = worker
        self._evaluator = evaluator
        self._pools_at = pools_at
        self._queue_of = queue_of
        self._apps_of = apps_of
        self._workers = workers
        self._ending: dict[bool, Crossings] = {}

    def ending(self, resource: Resource) -> Crossings:
        """Return the crossings to the loops that are seen to end before an object does."""
        local = is_thread_local(resource)
        if local not in self._ending:
            self._ending[local] = self._worker.crossings_with(lambda crossing: bool(self._said(crossing, local)))
        return self._ending[local]

    def of(self, crossing: Crossing, resource: Resource) -> str:
        """Return what a message says of the end of the loop, or an empty string when none is seen.

        ``closes its event loop``, ``runs on the thread's event loop, which asyncio.run() (app/tasks.py:30) takes
        away``: to be said of the bridge. A loop of the thread's own ends when ``asyncio.run`` takes it away (LAB 4c'');
        under the threads pool there is one for each thread, so two of them meet an object of the process.
        """
        return self._said(crossing, is_thread_local(resource))

    def _said(self, crossing: Crossing, is_local: bool) -> str:
        """``is_local``: there is an object for each thread."""
        bridge, visit, _ = crossing
        if bridge.loop == FRESH:
            return CLOSES
        if bridge.is_fresh:  # so is the thread, and what belongs to it
            return "" if is_local else MADE_ANEW
        if bridge.loop != OWN:
            return ""
        for pool in self._pools_at(visit).met:
            if pool.pool is Pool.THREADS and not is_local:
                return f"runs on a thread's event loop, of which the threads pool ({pool.said}) has several"
        taker = None if visit.threaded else self.taker(visit)
        if taker is not None:
            return f"runs on the thread's event loop, which {taker.name} ({taker.place}) takes away"
        return ""

    def taker(self, visit: Visit) -> Bridge | None:
        """Return the first bridge on the worker's own thread after which that thread has no loop.

        A worker that does not run the task of ``visit`` as well takes nothing away from it, nor does what comes later.
        """
        if runs_first(visit.root):
            return self._takers.before(visit.root)
        return self._takers.first(visit.root)

    @cached_property
    def _takers(self) -> _Takers:
        found = {
            (crossing.bridge.place, crossing.visit.root.place): crossing
            for crossing in reversed(self._worker.crossings)
            if not crossing.visit.threaded
            and not _runs_last(crossing.visit.root)
            and takes_loop_away(crossing.bridge, self._evaluator)
        }
        workers = self._workers() if found else ()
        return _Takers([found[key] for key in sorted(found)], self._queue_of, self._apps_of, workers)
