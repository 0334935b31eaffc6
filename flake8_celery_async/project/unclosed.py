"""The event loops that worker code opens at each call and leaves behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flake8_celery_async.project.ways import Visit, defined_at
from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.semantics.loops import CONSTRUCTORS, Left, Opening, left_behind, opening
from flake8_celery_async.semantics.resources import asks_for_loop
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import Function
from flake8_celery_async.source.origins import Frame, Place


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
    frames = {defined_at(found[0].frame): found[0].frame for found in worker.visits.values()}
    for function, found in worker.visits.items():
        visits = [v for v in found if _is_repeated(v) and not _may_find_one_running(v, frames, evaluator)]
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


def _may_find_one_running(visit: Visit, frames: Mapping[Place, Frame], evaluator: Evaluator) -> bool:
    """Say whether code on an event loop asks for it on the way: the loop that is made is for when there is none.

    ``frames`` are those of the functions, by where they are defined. No loop is running in a thread of its own.
    """
    if visit.bridge is None or visit.threaded:
        return False
    entered = [frames[at] for step in visit.path[visit.outside :] if (at := step.defined) is not None and at in frames]
    return any(asks_for_loop(frame, evaluator) for frame in (visit.frame, *entered))


def _is_repeated(visit: Visit) -> bool:
    """Say whether the worker comes here again and again: from a task, or from a signal that each task sends."""
    receiver = visit.root.receiver
    return receiver is None or receiver.signal.process == "worker"
