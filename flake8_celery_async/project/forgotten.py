"""Which loops meet no object of an earlier one because the code lets go of what is kept before it uses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flake8_celery_async.project.ways import Crossing, Crossings
from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.semantics.resources import Resource
from flake8_celery_async.source.blocks import inside
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import AWAITED, Attribute, Constant, Function, Name, Value
from flake8_celery_async.source.origins import External, Frame, FunctionObject, Hold, Made, Method


class _Name(NamedTuple):
    """What is set to None."""

    module: str
    """The path of the module whose global it is; empty for an attribute."""
    name: str


class Forgotten:
    """The crossings before which, or at the start of whose coroutine, a name is set to None."""

    def __init__(self, worker: WorkerCode, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._by_name: dict[_Name, Crossings] = {}
        for number, crossing in enumerate(worker.crossings):
            names = set(self._before(crossing))
            for reached in worker.driven_by(number):
                names |= set(_at_start(reached.frame.function, reached.frame.module.path))
            for name in names:
                self._by_name[name] = self._by_name.get(name, 0) | 1 << number
        self._in_new_threads = worker.crossings_with(self._has_new_thread)

    def of(self, resource: Resource) -> Crossings:
        """Return the crossings whose loops meet the object only if they make it anew."""
        hold, found = resource.hold, 0
        while hold is not None:
            found |= self._of_hold(hold)
            hold = hold.owner.hold if hold.owner is not None else None
        return found

    def _of_hold(self, hold: Hold) -> Crossings:
        last = hold.name.rpartition(".")[2]
        found = self._by_name.get(_Name("", last), 0)
        if hold.kind == "global":
            found |= self._by_name.get(_Name(hold.place.path, last), 0)
        return found | (self._in_new_threads if hold.kind == "thread-local" else 0)

    def _before(self, crossing: Crossing) -> Iterator[_Name]:
        """Yield what is set to None before a bridge by its function, or by a plain function that this calls."""
        call, frame = crossing.bridge.call, crossing.bridge.frame
        function = frame.function
        yield from _set_to_none(function, frame.module.path, call.line, call.block)
        for other in function.calls:
            if other.line < call.line and inside(function, call.block, other.block):
                for callee in self._evaluator.origins(other.function, frame):
                    if isinstance(callee, FunctionObject) and not callee.function.is_async:
                        end = callee.function.end_line + 1
                        yield from _set_to_none(callee.function, callee.module.path, end, 0)

    def _has_new_thread(self, crossing: Crossing) -> bool:
        """Say whether a bridge is handed to a thread that is started for it."""
        bridge = crossing.bridge
        return bridge.handed and _starts_a_thread(bridge.call.function, bridge.frame, self._evaluator)


def _set_to_none(function: Function, path: str, line: int, block: int) -> Iterator[_Name]:
    """Yield what a function has always set to None when it comes to a line in a block."""
    for assignment in function.assignments:
        if assignment.value != Constant(None) or assignment.via != "=" or assignment.line >= line:
            continue
        if not inside(function, block, assignment.block):
            continue
        target = assignment.target
        if isinstance(target, Attribute):
            yield _Name("", target.name)
        elif isinstance(target, Name) and target.id in function.outer:
            yield _Name(path, target.id)


def _at_start(function: Function, path: str) -> Iterator[_Name]:
    """Yield what a coroutine sets to None before it first waits for anything."""
    waits = [call.line for call in function.calls if call.use == AWAITED] + [read.line for read in function.awaits]
    yield from _set_to_none(function, path, min(waits, default=function.end_line), 0)


def _starts_a_thread(called: Value, frame: Frame, evaluator: Evaluator) -> bool:
    """Say whether a call makes a thread, or is a method of an executor that nothing keeps."""
    for origin in evaluator.origins(called, frame):
        if isinstance(origin, External) and origin.name == "threading.Thread":
            return True
        owner = origin.receiver if isinstance(origin, Method) else None
        if isinstance(owner, Made) and owner.name.endswith("ThreadPoolExecutor") and owner.hold is None:
            return True
    return False
