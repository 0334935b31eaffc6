"""
## What it does
Reports code that waits for the result of another task:
- in a task, a worker signal receiver or anything they call, also in a thread that they start: `get`, `wait`, `join`,
  `join_native` and `collect` on the result of `delay()`, `apply_async()`, `apply()`, `send_task()`, a group, a chain, a
  chord, or on `AsyncResult(id)`; also on each of a list, a dict or a group of results;
- there as well `apply()` of a chain of two or more tasks, or of a chord: it runs them in place and calls `get()`;
- the same with `allow_join_result()` or `disable_sync_subtasks=False`, and loops that poll `ready()`;
- in an `async def`: `get`, `wait`, `join` on such a result, because they stall the event loop.

## Why it fails
Celery refuses it in a worker, also when the result is there already, when a time-out is given, in another thread of
the process, and for `.apply()`:

```
RuntimeError: Never call result.get() within a task!
```

`allow_join_result()`, `disable_sync_subtasks=False` and a polling loop only turn the refusal off. The task then holds
its slot while it waits for a task that needs one. Once such tasks fill every slot, all of them wait for ever.

In a coroutine nothing raises, but no other coroutine of the process runs until the task has ended.

## Example
```python
from celery import shared_task


@shared_task
def resize(image_id: int) -> int:
    return image_id


@shared_task
def publish(image_id: int) -> int:
    return resize.delay(image_id).get(timeout=10)
```

## Use instead
```python
from celery import chain, shared_task


@shared_task
def resize(image_id: int) -> int:
    return image_id


@shared_task
def announce(image_id: int) -> None:
    print(f"published {image_id}")


@shared_task
def publish(image_id: int) -> None:
    chain(resize.s(image_id), announce.s()).delay()
```

A `chord` does the same for many tasks and one that takes their results; `self.replace(resize.s(…))` gives the result
of another task as one's own. In a coroutine outside of workers: `await asyncio.to_thread(result.get, timeout=10)`, or
poll `result.ready()` with `await asyncio.sleep(…)` between.

## When it is silent
- The object is not known to be a task's result: a dict, a cache, a queue, a `ContextVar`, a future, a service, or the
  message of another library.
- A coroutine that no worker runs hands the waiting to a thread: `to_thread(result.get)`, a lambda given to an executor.
  A task hands it to another process.
- A coroutine asks `ready()` or the state first and goes by the answer, or the result is of `.apply()`, which
  has run by then. In a task the result of
  `.apply()` is fine with `disable_sync_subtasks=False`, also in the `except` of a first try without it.
- All pools are known and are gevent or eventlet: Celery allows it there. A coroutine is still reported.
- `chain`, `chord` and `replace` that nobody waits for; `apply()` of a group, of one task, or of a chain in
  `with allow_join_result()`, as each has run by then.

## Measured
With `allow_join_result()` one parent on one slot waited for ever; with two slots, one parent was fine and two hung
until the hard limit. `to_thread(result.get)`, an executor and a `Thread` in a task were refused on prefork, solo and
threads (Celery 5.7.0). On gevent and eventlet it works. `get()` on a task of 1 s in a coroutine stalled the loop for
1.004 s; 0.006 s with `to_thread` (LAB 11a to 11d).

## References
- Celery, "Tasks", "Avoid launching synchronous subtasks":
  https://docs.celeryq.dev/en/stable/userguide/tasks.html#avoid-launching-synchronous-subtasks
- Celery, "Canvas: Designing Work-flows": https://docs.celeryq.dev/en/stable/userguide/canvas.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.project.graph import Project
from flake8_celery_async.project.testing import is_test
from flake8_celery_async.project.ways import Visit
from flake8_celery_async.project.wording import in_root
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.semantics.catalog.bridges import HANDOVERS, METHOD_HANDOVERS
from flake8_celery_async.semantics.results import Sent, parts, results, waited_in_place
from flake8_celery_async.source.blocks import around, inside
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import (
    ARGUMENT,
    AWAITED,
    COLLECTED,
    STATEMENT,
    Attribute,
    Call,
    Constant,
    Function,
    Module,
    Name,
    Value,
)
from flake8_celery_async.source.names import dotted, last_name
from flake8_celery_async.source.origins import Frame, FunctionObject, Place

_WAITS = frozenset({"get", "wait", "join", "join_native", "collect"})
_ASKS = frozenset({"ready", "successful", "failed", "waiting", "completed_count"})
_STATES = frozenset({"state", "status"})
_HANDED_ON = frozenset({ARGUMENT, COLLECTED, STATEMENT})
"""Uses of a state on which nothing depends here."""
_BEFORE_TASKS = frozenset({"celeryd_init", "celeryd_after_setup", "worker_init"})
"""Signals sent before Celery starts to refuse: the wait blocks the worker's start."""


def check(context: Context) -> Iterator[Report]:
    """Yield the places of the module that wait for a result in worker code or on an event loop."""
    module, project = context.module, context.project
    has_coroutines = any(function.is_async for function in module.functions) and not is_test(module)
    for function in module.functions:
        waits = [wait for call in function.calls for wait in _waits(call, module, function, project)]
        polls = _polls(function)
        if not waits and not polls:
            continue
        every = project.worker.visits.get(function, [])
        visits = [visit for visit in every if not visit.threaded]
        refused = _refused(function, project)
        if refused:
            yield from _in_worker(waits, polls, refused, project)
        elif (visits or not every) and waits and has_coroutines:
            way = (function.qualname, visits[0].frame) if visits else _on_loop(function, module, project)
            if way is not None and (function.is_async or not visits):
                yield from _in_coroutine([wait for wait in waits if not wait.in_thread], way[1], way[0], project)


def _refused(function: Function, project: Project) -> list[Visit]:
    """Return the ways to a function on which no task may wait for another one, one for each of its frames.

    Celery refuses it in the whole process, also in threads that a task starts.
    """
    worker = project.worker
    sync = [visit for visit in worker.visits.get(function, ()) if visit.bridge is None]
    found = [visit for visit in sync if not project.runs_greenlets(visit)]
    for reached in worker.reached.get(function, ()):
        if reached.crossings & ~project.under_greenlets:
            found.append(worker.shortest(reached, ~project.under_greenlets))
    found = [visit for visit in found if not (visit.threaded and _leaves_the_process(visit, project))]
    return sorted(found, key=lambda visit: len(visit.path))


def _leaves_the_process(visit: Visit, project: Project) -> bool:
    """Say whether a function on the way is handed to another process."""
    for step in visit.path:
        module = project.at(step.place.path)
        found = _call_at(step.place, module) if module is not None else None
        if module is not None and found is not None:
            names = project.evaluator.names(found[1].function, project.evaluator.frame(module, found[0]))
            if any(name in HANDOVERS and HANDOVERS[name].where == "process" for name in names):
                return True
    return False


def _on_loop(function: Function, module: Module, project: Project, depth: int = 3) -> tuple[str, Frame] | None:
    """Return the coroutine on whose loop a function of the module runs, with the frame of the function, or None."""
    evaluator = project.evaluator
    if function.is_async:
        return function.qualname, evaluator.frame(module, function)
    if function.kind != "function" or function.decorators or not depth:
        return None
    for caller in module.functions:
        for call in caller.calls:
            called = call.function
            name = called.name if isinstance(called, Attribute) else called.id if isinstance(called, Name) else ""
            if name != function.name or caller is function:
                continue
            frame = evaluator.frame(module, caller)
            for origin in evaluator.origins(called, frame):
                if isinstance(origin, FunctionObject) and origin.function is function:
                    outer = _on_loop(caller, module, project, depth - 1)
                    if outer is not None:
                        return outer[0], evaluator.bind(call, frame, origin.frame)
    return None


_Finds: TypeAlias = Callable[[Value, Frame, Evaluator], Iterator[Sent]]


class _Wait(NamedTuple):
    """A call that waits, if its object is a result."""

    call: Call
    method: str
    value: Value
    find: _Finds = results
    """What gives the results: of the value, or of its parts, as in ``map(AsyncResult.get, results)``."""
    in_thread: bool = False
    """Whether a thread waits: ``to_thread(result.get)``."""


def _waits(call: Call, module: Module, function: Function, project: Project) -> Iterator[_Wait]:
    """Yield what a call may wait for."""
    called = call.function
    if isinstance(called, Attribute) and called.name in _WAITS and _is_wait(call, called):
        yield _Wait(call, called.name, called.value)
    elif isinstance(called, Attribute) and called.name == "apply":
        yield _Wait(call, called.name, called.value, find=waited_in_place)
    for position, argument in enumerate((*call.arguments, *[value for _, value in call.keywords])):
        if not isinstance(argument, Attribute) or argument.name not in _WAITS:
            continue
        frame = project.evaluator.frame(module, function)
        names = project.evaluator.names(called, frame)
        if "builtins.map" in names and position == 0 and len(call.arguments) == 2:
            if "celery.result.AsyncResult" in project.evaluator.names(argument.value, frame):
                yield _Wait(call, argument.name, call.arguments[1], find=parts)
        elif last_name(called) in METHOD_HANDOVERS or any(
            name in HANDOVERS and HANDOVERS[name].where != "process" for name in names
        ):
            yield _Wait(call, argument.name, argument.value, in_thread=True)


def _is_for_another(wait: _Wait) -> bool:
    """Say whether a wait is for the result of another call, not within the call itself."""
    return wait.find is not waited_in_place


def _is_wait(call: Call, method: Attribute) -> bool:
    """Say whether the call of a method looks like waiting; ``get("key")`` does not."""
    if call.use == AWAITED or isinstance(method.value, Constant) or len(call.arguments) > 1:
        return False  # ``", ".join(names)``, ``settings.get("key", None)``
    return not (call.arguments and isinstance(call.arguments[0], Constant) and isinstance(call.arguments[0].value, str))


def _polls(function: Function) -> list[tuple[Value, int, int]]:
    """Return, for each ``while``, where it first asks for a state: of what, line and column."""
    if not any(block.kind == "while" for block in function.blocks):
        return []
    asked = [
        (call.function.value, call.block, call.line, call.column)
        for call in function.calls
        if isinstance(call.function, Attribute) and call.function.name in _ASKS
    ]
    asked += [
        (read.value.value, read.block, read.line, read.column)
        for read in function.touches
        if isinstance(read.value, Attribute) and read.value.name in _STATES
    ]
    found: dict[int, tuple[Value, int, int]] = {}
    for value, block, line, column in sorted(asked, key=lambda item: item[2:]):
        loop = next((index for index, outer in around(function, block) if outer.kind == "while"), None)
        if loop is not None:
            found.setdefault(loop, (value, line, column))
    return list(found.values())


def _in_worker(
    waits: list[_Wait], polls: list[tuple[Value, int, int]], visits: list[Visit], project: Project
) -> Iterator[Report]:
    waited: set[Place | None] = set()
    broken: set[Place | None] = set()
    """The calls that fail themselves: their result is never waited for."""
    for wait in sorted(waits, key=_is_for_another):
        call, method = wait.call, wait.method
        for visit, result in _first(wait.value, wait.find, visits, project):
            if result.place in broken:
                continue
            waited.add(result.place)
            allowed = call.keyword("disable_sync_subtasks") == Constant(False) or _is_allowed(call, visit, project)
            if result.eager and (allowed or _recovers(call, visit.function)):
                continue
            if not _is_for_another(wait):
                broken.add(Place(visit.frame.module.path, call.line, call.column))
            said = f"{method}() waits for the result of {_said(result, call.line, visit)}"
            if visit.root.receiver is not None and _signal(visit) in _BEFORE_TASKS:
                said += " and blocks the worker before it can run a task"
            elif allowed:
                said += " and holds its slot meanwhile: a deadlock once such tasks fill every slot"
            else:
                where = "every thread of a worker" if wait.in_thread or visit.threaded else "a worker"
                said += f", which Celery refuses in {where} ('Never call result.get() within a task!')"
            yield Report(call.line, call.column, f"{said}; {in_root(visit)}", visit)
    for value, line, column in polls:
        for visit, result in _first(value, results, visits, project):
            if not result.eager and (result.place not in waited or result.place is None):
                yield Report(
                    line,
                    column,
                    f"this loop polls the result of {_said(result, line, visit)} and holds its slot meanwhile: "
                    f"a deadlock once such tasks fill every slot; {in_root(visit)}",
                    visit,
                )


def _first(value: Value, find: _Finds, visits: list[Visit], project: Project) -> list[tuple[Visit, Sent]]:
    """Return the shortest way on which the value is a result, or has some, with the result; at most one.

    What is eager on one path only is judged by the other.
    """
    for visit in visits:
        found = sorted(find(value, visit.frame, project.evaluator), key=_is_eager)
        if found:
            return [(visit, found[0])]
    return []


def _is_eager(result: Sent) -> bool:
    return result.eager


def _said(result: Sent, line: int, visit: Visit) -> str:
    if result.place is None or (result.place.line == line and result.place.path == visit.frame.module.path):
        return result.text
    return f"{result.text} ({result.place})"


def _signal(visit: Visit) -> str:
    receiver = visit.root.receiver
    return receiver.signal.name.rpartition(".")[2] if receiver is not None else ""


def _is_allowed(call: Call, visit: Visit, project: Project) -> bool:
    """Say whether the call, or one on the way to it, stands in ``with allow_join_result()``."""
    if _enters_permission(call, visit.function, visit.frame, project):
        return True
    for step in visit.path:
        module = project.at(step.place.path)
        found = _call_at(step.place, module) if module is not None else None
        if module is not None and found is not None:
            function, outer = found
            if _enters_permission(outer, function, project.evaluator.frame(module, function), project):
                return True
    return False


def _call_at(place: Place, module: Module) -> tuple[Function, Call] | None:
    for function in module.functions:
        for call in function.calls:
            if (call.line, call.column) == (place.line, place.column):
                return function, call
    return None


def _recovers(call: Call, function: Function) -> bool:
    """Say whether Celery's refusal is caught where the call stands, and the wait is then made with permission."""
    tried = {index for index, block in around(function, call.block) if block.kind == "try"}
    return any(
        handler.kind == "except" and handler.peer in tried and inside(function, other.block, index)
        for index, handler in enumerate(function.blocks)
        for other in function.calls
        if other.keyword("disable_sync_subtasks") == Constant(False)
    )


def _enters_permission(call: Call, function: Function, frame: Frame, project: Project) -> bool:
    return any(
        name.rpartition(".")[2] == "allow_join_result"
        for _, block in around(function, call.block)
        if block.kind == "with"
        for value in block.values
        if isinstance(value, Call)
        for name in project.evaluator.names(value.function, frame)
    )


def _in_coroutine(waits: list[_Wait], frame: Frame, coroutine: str, project: Project) -> Iterator[Report]:
    function = frame.function
    for call, method, value, find, _ in waits:
        result = min(find(value, frame, project.evaluator), key=_is_eager, default=None)
        if result is None or result.eager or _was_asked(value, function, call):
            continue
        via = "" if function.is_async else f", via {function.name}()"
        where = "" if result.place is None or result.place.line == call.line else f" ({result.place})"
        yield Report(
            call.line,
            call.column,
            f"{method}() waits for the result of {result.text}{where} and stalls the event loop of "
            f"'{coroutine}' until that task has ended{via}",
        )


def _was_asked(value: Value, function: Function, wait: Call) -> bool:
    """Say whether the coroutine asks for the result's state before it waits; then it need not.

    A state that is only handed on beside the wait, ``{"state": r.state, "result": r.get()}``, is no question.
    """
    path = dotted(value)
    if path is None:
        return False
    calls = [(call.function, call.use, call.block, call.line) for call in function.calls]
    reads = [(read.value, read.use, read.block, read.line) for read in function.touches]
    return any(
        isinstance(asked, Attribute)
        and asked.name in _ASKS | _STATES
        and dotted(asked.value) == path
        and line <= wait.line
        and not (use in _HANDED_ON and block == wait.block)
        for asked, use, block, line in (*calls, *reads)
    )


RULE = Rule(
    code="CAX18",
    slug="blocking-result-wait",
    severity=Severity.ERROR,
    summary="A task, or a coroutine, waits for the result of another task.",
    page=__doc__ or "",
    check=check,
)
