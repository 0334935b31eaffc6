"""Which code sets, closes or runs the event loop of a worker's thread, asked once for all modules."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from flake8_celery_async.project.ways import Visit
from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.semantics.bridges import Bridge, driven_futures
from flake8_celery_async.semantics.catalog.signals import IN_WORKER
from flake8_celery_async.semantics.current_loop import closings, sets_loop
from flake8_celery_async.semantics.tasks import Receiver, Task
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import Module
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import Place


class ThreadLoops:
    """The loops of the threads in which a project's worker code runs."""

    def __init__(
        self, worker: WorkerCode, receivers: Iterable[Receiver], tasks: Iterable[Task], evaluator: Evaluator
    ) -> None:
        self._worker = worker
        self._receivers = receivers
        self._tasks = tasks
        self._evaluator = evaluator
        self._set_by: dict[Module, bool] = {}

    @cached_property
    def closings(self) -> list[tuple[Visit, Place]]:
        """Where sync worker code closes the loop of its thread for good, each with the shortest way there."""
        shortest = [visits[0] for visits in self._worker.visits.values()]
        return [
            (visit, place)
            for visit in shortest
            if visit.bridge is None and any(last_name(call.function) == "close" for call in visit.function.calls)
            for place in closings(visit.frame, self._evaluator)
        ]

    @cached_property
    def processes(self) -> frozenset[str]:
        """The processes of the worker's signals whose receivers set a loop."""
        return frozenset(
            [
                receiver.signal.process
                for receiver in self._receivers
                if receiver.target is not None
                and receiver.signal.process in IN_WORKER
                and sets_loop(receiver.target, self._evaluator)
            ]
        )

    @cached_property
    def is_set_at_import(self) -> bool:
        """Whether the import of a module with a task sets a loop."""
        return any(self.is_set_by(module) for module in {task.module for task in self._tasks})

    def is_set_by(self, module: Module) -> bool:
        """Say whether the import of a module sets a loop."""
        if module not in self._set_by:
            self._set_by[module] = sets_loop(self._evaluator.frame(module, module.body), self._evaluator)
        return self._set_by[module]

    def driver(self, place: Place) -> Bridge | None:
        """Return the nearest bridge that is given what is made at a place."""
        return self._drivers.get(place)

    @cached_property
    def _drivers(self) -> dict[Place, Bridge]:
        found: dict[Place, Bridge] = {}
        for bridge, *_ in self._worker.crossings:
            for made in driven_futures(bridge, self._evaluator):
                if made.place is not None:
                    found.setdefault(made.place, bridge)
        return found
