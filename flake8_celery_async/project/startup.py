"""What runs in the worker's parent before it forks, and what runs in every child right after.

The parent imports the modules that tasks live in and calls the receivers of three signals; the children call the
receivers of ``worker_process_init`` (Celery docs, "Signals"; LAB 13b).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from flake8_celery_async.options import Options
from flake8_celery_async.semantics.bridges import driven_frames, find_bridge
from flake8_celery_async.semantics.catalog.fork_bound import AFTER_FORK
from flake8_celery_async.semantics.catalog.loop_bound import BY_NAME
from flake8_celery_async.semantics.resources import row_of
from flake8_celery_async.semantics.tasks import Receiver
from flake8_celery_async.source.blocks import in_main_guard
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import DECORATOR, Call, Function, Module, Name, Value
from flake8_celery_async.source.names import dotted, last_name
from flake8_celery_async.source.origins import ClassObject, Frame, FunctionObject, Instance, Place

PARENT_SIGNALS = frozenset({"worker_init", "celeryd_init", "celeryd_after_setup"})
AT_IMPORT = "at import"
CHILD_SIGNALS = frozenset({"worker_process_init"})
_NEED_A_LOOP = frozenset(row.name.rpartition(".")[2] for row in BY_NAME.values() if row.needs_running_loop)
Work: TypeAlias = "Function | tuple[Module, str]"
"""A function that runs, or a global that it binds."""
MOST_RUNS = 2_000
"""Functions after which the walk stops, so that no module can make the linter hang."""


@dataclass(frozen=True, slots=True)
class Run:
    """A function that runs before or after the fork."""

    frame: Frame
    when: str
    """For a message: ``at import`` or ``in the worker_init receiver 'connect'``."""
    path: tuple[str, ...] = field(compare=False)
    """The calls that lead to it: ``("init_db()", "create_tables()")``."""
    keeper: str
    """For ``__init__`` of an object that is kept: its class; else empty."""
    begin: Module = field(compare=False)
    """The module whose import, or whose receiver, leads to it: what says which workers run it."""

    @property
    def said(self) -> str:
        """``at import via init_db() > create_tables()``."""
        return f"{self.when} via {' > '.join(self.path)}" if self.path else self.when

    def calls(self) -> Iterator[Call]:
        """Yield the calls that run: at module level those under ``if __name__ == "__main__"`` do not."""
        function = self.frame.function
        for call in function.calls:
            if call.use != DECORATOR and not in_main_guard(function, call.block):
                yield call


def at_import(module: Module, evaluator: Evaluator) -> Iterator[Run]:
    """Yield the scopes that run when a module is imported: its own and those of its classes."""
    for scope in module.functions:
        if scope.kind == "module" or (scope.kind == "class" and _at_top(module, scope)):
            yield Run(evaluator.frame(module, scope), AT_IMPORT, (), "", module)


def needing_a_loop(module: Module, evaluator: Evaluator, options: Options) -> Iterator[tuple[Call, str]]:
    """Yield the calls at a module's import that make what needs a running event loop, with the name of its class."""
    for scope in module.functions:
        if scope.kind in ("module", "class"):
            frame = evaluator.frame(module, scope)
            for call in scope.calls:
                if last_name(call.function) in _NEED_A_LOOP and not in_main_guard(scope, call.block):
                    for name in evaluator.names(call.function, frame):
                        row = row_of(name, options)
                        if row is not None and row.needs_running_loop:
                            yield call, row.name.rpartition(".")[2]


def in_receivers(receivers: Iterable[Receiver], signals: frozenset[str]) -> Iterator[Run]:
    """Yield the receivers of some of Celery's signals, by the last part of the signal's name."""
    for receiver in receivers:
        signal = receiver.signal.name.rpartition(".")[2]
        # The body of an ``async def`` receiver never runs.
        if receiver.target is not None and not receiver.target.function.is_async and signal in signals:
            name = receiver.target.function.name
            yield Run(receiver.target, f"in the {signal} receiver '{name}'", (), "", receiver.module)


def after_fork(module: Module, evaluator: Evaluator) -> Iterator[Run]:
    """Yield the functions a module has called in every child by other means than Celery's signals."""
    for scope in module.functions:
        for call in scope.calls:
            if not _may_register(call):
                continue
            frame = evaluator.frame(module, scope)
            for name in evaluator.names(call.function, frame):
                if name in AFTER_FORK:
                    value = call.argument(*AFTER_FORK[name])
                    for origin in evaluator.origins(value, frame) if value is not None else ():
                        if isinstance(origin, FunctionObject):
                            yield Run(origin.frame, "after the fork", (), "", module)


def reach(roots: Iterable[Run], evaluator: Evaluator, options: Options) -> list[Run]:
    """Return the roots and every function of the project they call or drive, nearest first."""
    queue = deque(roots)
    seen: set[Frame] = {run.frame for run in queue}
    found: list[Run] = []
    while queue and len(found) < MOST_RUNS:
        run = queue.popleft()
        found.append(run)
        for call in run.calls():
            for frame, name, keeper in _called(call, run, evaluator, options):
                if frame not in seen:
                    seen.add(frame)
                    queue.append(Run(frame, run.when, (*run.path, f"{name}()"), keeper, run.begin))
    return found


def work_of(runs: Iterable[Run]) -> frozenset[Work]:
    """Return what tells the work of receivers apart."""
    work: set[Work] = set()
    for run in runs:
        work.add(run.frame.function)
        work.update([(run.frame.module, name) for name in run.frame.function.outer])
    return frozenset(work)


def _at_top(module: Module, scope: Function) -> bool:
    while scope.kind == "class":
        scope = module.functions[scope.parent]
    return scope.kind == "module"


def _may_register(call: Call) -> bool:
    name = getattr(call.function, "name", getattr(call.function, "id", ""))
    return name in ("register_at_fork", "register_after_fork")


def _called(call: Call, run: Run, evaluator: Evaluator, options: Options) -> Iterator[tuple[Frame, str, str]]:
    frame = run.frame
    bridge = find_bridge(call, frame, evaluator, options)
    if bridge is not None:
        for driven in driven_frames(bridge, evaluator):
            yield driven, driven.function.name, ""
        return
    for callee in evaluator.origins(call.function, frame):
        if isinstance(callee, FunctionObject):
            # What a call of ``async def`` makes runs when it is driven or awaited.
            if not callee.function.is_async or frame.function.is_async:
                yield evaluator.bind(call, frame, callee.frame), callee.function.name, ""
        elif isinstance(callee, ClassObject):
            place = Place(frame.module.path, call.line, call.column)
            made = Instance(callee, place, None, call, frame)
            method = evaluator.method(made, "__init__")
            if method is not None:
                keeper = callee.cls.name if keeps(call, run) else ""
                yield evaluator.bind(call, frame, method.frame), callee.cls.name, keeper


def keeps(call: Call, run: Run) -> bool:
    """Say whether what a call returns outlives the function that runs."""
    return any(
        assignment.value is call and assignment.via == "=" and kept_name(assignment.target, run)
        for assignment in run.frame.function.assignments
    )


def kept_name(target: Value, run: Run) -> str:
    """Return the name of an assignment's target when it is a global, a class attribute or part of a kept object."""
    function, module = run.frame.function, run.frame.module
    if isinstance(target, Name):
        if function.kind == "module" or target.id in function.outer:
            return target.id
        return f"{function.qualname}.{target.id}" if function.kind == "class" else ""
    parts = dotted(target)
    if not parts:
        return ""
    first = function.parameters[0].name if function.cls >= 0 and function.parameters else ""
    if parts[0] == first:
        return f"{run.keeper}.{'.'.join(parts[1:])}" if run.keeper else ""
    return ".".join(parts) if parts[0] in module.body.bindings and parts[0] not in function.bindings else ""
