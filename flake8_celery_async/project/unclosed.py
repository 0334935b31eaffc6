"""The event loops that sync worker code opens at each call and leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flake8_celery_async.project.ways import Visit
from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.semantics.loops import CONSTRUCTORS, Left, Opening, left_behind, opening
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import Function
from flake8_celery_async.source.origins import Place


class Unclosed(NamedTuple):
    """A loop that is not closed on every path."""

    opened: Opening
    left: Left
    visit: Visit
    """The shortest way to the function that opens it."""

    @property
    def loop(self) -> Place:
        """Where the loop is made, as :attr:`Bridge.group` has it."""
        call, frame = self.opened.call, self.opened.frame
        return self.opened.via or Place(frame.module.path, call.line, call.column)


def find_unclosed(worker: WorkerCode, evaluator: Evaluator) -> Iterator[Unclosed]:
    """Yield the loops that are left behind, each once, function by function in the order of the calls."""
    for function, found in worker.visits.items():
        visits = [visit for visit in found if visit.bridge is None and _is_repeated(visit)]
        if visits:
            yield from _in_function(function, visits if function.name in CONSTRUCTORS else visits[:1], evaluator)


def _in_function(function: Function, visits: list[Visit], evaluator: Evaluator) -> Iterator[Unclosed]:
    for call in function.calls:
        for visit in visits:
            opened = opening(call, visit.frame, evaluator)
            left = left_behind(opened, evaluator) if opened is not None else None
            if opened is not None and left is not None:
                yield Unclosed(opened, left, visit)
                break


def _is_repeated(visit: Visit) -> bool:
    """Say whether the worker comes here again and again: from a task, or from a signal that each task sends."""
    receiver = visit.root.receiver
    return receiver is None or receiver.signal.process == "worker"
