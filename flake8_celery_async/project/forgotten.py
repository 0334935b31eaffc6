"""Which loops meet no object of an earlier one because the code lets go of what is kept before it uses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flake8_celery_async.project.ways import Crossing, Crossings, Reached
from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.semantics.resources import Resource
from flake8_celery_async.source.blocks import inside
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.memory import query
from flake8_celery_async.source.module import AWAITED, Attribute, Constant, Function, Name, Value, of_facts
from flake8_celery_async.source.origins import External, Frame, FunctionObject, Hold, Made, Method


class _Name(NamedTuple):
    """What is set to None."""

    module: str
    """The path of the module whose global it is; empty for an attribute."""
    name: str


class _Setting(NamedTuple):
    """A place where something is set to None."""

    name: _Name
    line: int
    block: int


class Forgotten:
    """The crossings before which, or at the start of whose coroutine, a name is set to None."""

    def __init__(self, worker: WorkerCode, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._by_name: dict[_Name, Crossings] = {}
        first_set: dict[Reached, set[_Name]] = {}
        for number, crossing in enumerate(worker.crossings):
            names = set(self._before(crossing))
            for reached in worker.driven_by(number):
                if reached not in first_set:
                    first_set[reached] = set(_first_set(reached, worker))
                names |= first_set[reached]
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
        for setting in _settings(frame, self._evaluator):
            if setting.line < call.line and inside(frame.function, call.block, setting.block):
                yield setting.name

    def _has_new_thread(self, crossing: Crossing) -> bool:
        """Say whether a bridge is handed to a thread that is started for it."""
        bridge = crossing.bridge
        return bridge.handed and _starts_a_thread(bridge.call.function, bridge.frame, self._evaluator)


@query
def _settings(frame: Frame, evaluator: Evaluator) -> list[_Setting]:
    """Return what a function sets to None, itself or by the plain functions that it calls."""
    function = frame.function
    found = list(_own(function, frame.module.path))
    for call in function.calls:
        for callee in evaluator.origins(call.function, frame):
            if isinstance(callee, FunctionObject) and not callee.function.is_async:
                inner = _own(callee.function, callee.module.path)
                found += [_Setting(setting.name, call.line, call.block) for setting in inner if not setting.block]
    return found


def _own(function: Function, path: str) -> Iterator[_Setting]:
    for setting in _nones(function):
        yield setting if not setting.name.module else setting._replace(name=_Name(path, setting.name.name))


@of_facts
def _nones(function: Function) -> list[_Setting]:
    """Return what a function itself sets to None; a global is said to be one of its own name's module."""
    found: list[_Setting] = []
    for assignment in function.assignments:
        if assignment.value == Constant(None) and assignment.via == "=":
            target = assignment.target
            if isinstance(target, Attribute):
                found.append(_Setting(_Name("", target.name), assignment.line, assignment.block))
            elif isinstance(target, Name) and target.id in function.outer:
                found.append(_Setting(_Name(target.id, target.id), assignment.line, assignment.block))
    return found


def _first_set(reached: Reached, worker: WorkerCode) -> Iterator[_Name]:
    """Yield what is always set to None before anything is used, through functions that only call another."""
    passed: set[Reached] = set()
    while reached not in passed:
        passed.add(reached)
        yield from _at_start(reached.frame.function, reached.frame.module.path)
        if worker.uses_in(reached) or len(called := set(reached.onward)) != 1:
            return
        reached = called.pop()


def _at_start(function: Function, path: str) -> Iterator[_Name]:
    """Yield what a coroutine always sets to None before it first waits for anything."""
    waits = [call.line for call in function.calls if call.use == AWAITED] + [read.line for read in function.awaits]
    first = min(waits, default=function.end_line)
    yield from [setting.name for setting in _own(function, path) if setting.line < first and not setting.block]


def _starts_a_thread(called: Value, frame: Frame, evaluator: Evaluator) -> bool:
    """Say whether a call makes a thread, or is a method of an executor that nothing keeps."""
    for origin in evaluator.origins(called, frame):
        if isinstance(origin, External) and origin.name == "threading.Thread":
            return True
        owner = origin.receiver if isinstance(origin, Method) else None
        if isinstance(owner, Made) and owner.name.endswith("ThreadPoolExecutor") and owner.hold is None:
            return True
    return False
