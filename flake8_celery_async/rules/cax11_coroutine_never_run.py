"""
## What it does
Reports a coroutine that is made and dropped, and the mistakes that come of the same confusion:

- the call of an `async def` of the project, or of a known async API (`AsyncEngine.dispose()`,
  `AsyncSession.commit()`, `aclose()`, `asyncio.sleep()`), as a statement, in a condition or another expression,
  unpacked, with an attribute or an item taken from it, at once or through a variable, or stored in a variable that
  nothing reads or that is only tested or counted;
- a coroutine returned from a task, or passed to `delay()` and `apply_async()`, or to `add_task()` of `BackgroundTasks`,
  which calls what it is given;
- `async_to_sync(f)` as a statement, without the second call;
- a plain `with` or `for` over what is for `async with` or `async for`;
- `asyncio.run(f)` with a function, an async generator or a future; `anyio.run(f())` with a coroutine;
  `anyio.run(f)` and `async_to_sync(f)()` with a function that is no coroutine function;
- `await` of what is not awaitable: `task.delay()`, a plain function's result, an async generator, a function that is
  not called.

## Why it fails
Calling an `async def` runs nothing: it makes an object that must be awaited. The task reports success, and the work
was not done. The only trace is a warning, when the object is collected:

```
RuntimeWarning: coroutine 'work' was never awaited
```

In a condition the object is always true, so a check lets everybody through. Where the object meets something that needs
the result, it is loud:

```
EncodeError: Object of type coroutine is not JSON serializable
AttributeError: 'coroutine' object has no attribute 'json'
ValueError: a coroutine was expected, got <function main at …>
TypeError: 'AsyncClient' object does not support the context manager protocol
TypeError: 'async_generator' object is not iterable
```

`async_to_sync(f)` without the second call makes a wrapper and drops it: no warning at all.

## Example
```python
from celery.signals import worker_process_init
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg:///shop")


@worker_process_init.connect
def forget_connections(**kwargs: object) -> None:
    engine.dispose(close=False)
```

## Use instead
```python
from celery.signals import worker_process_init
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg:///shop")


@worker_process_init.connect
def forget_connections(**kwargs: object) -> None:
    engine.sync_engine.dispose(close=False)
```

In an `async def`, write `await`. In sync code, drive the coroutine with a bridge (CAX02 and CAX03 say what that
costs), or call a sync function.

## When it is silent
- The coroutine is passed to any call (`gather`, `create_task`, a helper), put in a list, yielded, stored in an
  attribute or in a variable that is read later, or returned from a function that is not a task.
- It is not certain that the call makes a coroutine: the function has a decorator that is not known to leave it as it
  is, its name has another binding that may be sync, a base class or the type of the object cannot be told.
- The code asks whether it is sync or async before it (`if iscoroutinefunction(f):`, `if IS_SYNC:`).
- A task whose class, decorator or pool runs the coroutine (see CAX01).
- `delay()` of another library (aio_celery), or of a task whose class may have an awaitable one.
- Tests, which make such objects on purpose.
- An async task that is called is CAX01; `create_task()` and `ensure_future()` are CAX12.

## Fix safety
Safe inside `async def`: `await` is put before the call (`async` before `with` and `for`). In sync code there is no
safe fix, because somebody has to decide on which loop the coroutine runs.

## Measured
Prefork, Python 3.11 and 3.13: a task that drops a coroutine ends as SUCCESS; a condition on one is always true; one
that is returned fails as an async task does; passed to `delay()` it raises in the publisher (LAB 7a to 7c).
`async_engine.dispose()` without `await` in `worker_process_init` left the connections as they were, and children went
on reading each other's rows (LAB 5d). `asyncio.run()` of a function, a future or an async generator, and a plain `with`
or `for` over async objects, raise at once (LAB 16, 16b).

## References
- Python, "Developing with asyncio", "Detect never-awaited coroutines":
  https://docs.python.org/3/library/asyncio-dev.html#detect-never-awaited-coroutines
- asgiref, "async_to_sync": https://github.com/django/asgiref#function-wrappers
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.project.driving import has_async_pool, is_driven, is_wrapped
from flake8_celery_async.project.testing import is_test
from flake8_celery_async.project.wording import in_root
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.semantics.bridges import THREAD, Bridge, find_bridge
from flake8_celery_async.semantics.catalog import celery_names
from flake8_celery_async.semantics.catalog.bridges import BY_NAME as BRIDGES
from flake8_celery_async.semantics.lazy import (
    COROUTINE,
    FUTURE,
    GENERATOR,
    Lazy,
    lazy,
    plain_result,
    refuses_for,
    refuses_with,
    uncalled,
)
from flake8_celery_async.semantics.tasks import Task
from flake8_celery_async.source.blocks import handlers_of, inside, last_lines, under
from flake8_celery_async.source.module import (
    ARGUMENT,
    ASYNC_ENTERED,
    ASYNC_ITERATED,
    ATTRIBUTE,
    AWAITED,
    COLLECTED,
    ENTERED,
    ITERATED,
    OPERAND,
    STATEMENT,
    TESTED,
    Assignment,
    Attribute,
    Block,
    Call,
    Choice,
    Collection,
    Compare,
    Constant,
    Function,
    Import,
    Lambda,
    Leave,
    Mapping,
    Name,
    Opaque,
    Read,
    Starred,
    Stored,
    Subscript,
    Value,
    of_facts,
    read_inside,
)
from flake8_celery_async.source.names import find, last_name
from flake8_celery_async.source.origins import ClassObject, Frame, FunctionObject, Instance, Made, Method, name_of

_JUDGED = frozenset({STATEMENT, TESTED, OPERAND, ENTERED, ITERATED, ASYNC_ENTERED, ASYNC_ITERATED, AWAITED})
_PART = "[…]"
_OF_COROUTINES = frozenset({"close", "send", "throw"})
"""Attributes that a coroutine itself has, besides those that begin with ``cr_`` or ``__``."""
_ASKS = re.compile("sync|awaitable|coroutine|TYPE_CHECKING", re.IGNORECASE)
"""What a test mentions that chooses between the sync and the async form of the same code."""
_PUBLISHES = frozenset({"delay", "apply_async", "send_task"})
_SIGNS = frozenset({"s", "si", "signature", "subtask"})
_WRAPPERS = frozenset(name.rpartition(".")[2] for name, row in BRIDGES.items() if row.returns_callable)
_DRIVERS = frozenset(name.rpartition(".")[2] for name in BRIDGES) | {"run", "run_until_complete"}
_BACKGROUND = frozenset(
    f"{module}.BackgroundTasks().add_task" for module in ("fastapi", "fastapi.background", "starlette.background")
)
"""What calls a function after the response is sent."""
_TAKERS = _PUBLISHES | _SIGNS | _DRIVERS | {"add_task"}
_ONE_COROUTINE = frozenset({"asyncio.run()", "uvloop.run()", "Runner.run()", "asyncio.run_coroutine_threadsafe()"})
"""Bridges that refuse a future."""


class _Place(NamedTuple):
    """A function of the module and what its calls are judged by."""

    context: Context
    function: Function
    frame: Frame

    def report(self, at: Call | Read | Leave, message: str) -> Iterator[Report]:
        """Yield a report, with how a worker gets to the function where one does; nothing in code that is not run."""
        if not _is_switched(self.function, at.block):
            visit = self.context.project.worker.first(self.function)
            said = f"{message}; {in_root(visit)}" if visit is not None else message
            yield Report(at.line, at.column, said, visit)

    def lazy(self, value: Value) -> Lazy | None:
        """Return what the value surely is, when that is for the event loop."""
        return lazy(value, self.frame, self.context.project.certain)

    def coroutine(self, value: Value) -> Lazy | None:
        """Return what made a value that surely is a coroutine."""
        found = self.lazy(value)
        return found if found is not None and found.kind == COROUTINE else None

    def may_be_async(self, call: Call) -> bool:
        """Say by the names alone whether a call is worth a closer look."""
        names, apis = self.context.project.async_names, self.context.project.api_names
        name = last_name(call.function)
        if name in names or name in apis:
            return True
        if not isinstance(call.function, Name):
            return False
        found = find(self.frame.module, self.function, name)
        for binding in found[1] if found is not None else ():
            if isinstance(binding, Import) and (binding.name in names or binding.name in apis):
                return True
            if isinstance(binding, Stored) and last_name(binding.assignment.value) in names:
                return True
        return False


def check(context: Context) -> Iterator[Report]:
    """Yield the places of the module that drop a coroutine or take one for something else."""
    module, project = context.module, context.project
    if is_test(module):
        return
    has_coroutines = bool(project.async_names or project.api_names)
    seen: set[tuple[int, int]] = set()
    tasks = {task.function: task for task in project.tasks_of(module)}
    for function in module.functions:
        place = _Place(context, function, project.evaluator.frame(module, function))
        for report in _function(place, tasks.get(function)) if has_coroutines else _calls_of_takers(place):
            if report[:2] not in seen:
                seen.add(report[:2])
                yield report


def _calls_of_takers(place: _Place) -> Iterator[Report]:
    """Yield what is given to those that take coroutines: in a project that has none it is something else."""
    for call in place.function.calls:
        name = last_name(call.function)
        if name in _TAKERS:
            yield from _given(call, name, place)


def _function(place: _Place, task: Task | None) -> Iterator[Report]:
    function = place.function
    for call in function.calls:
        called = call.function
        name = last_name(called)
        if call.use in _JUDGED:
            yield from _use(call, name, place)
        if isinstance(called, Attribute) and not isinstance(called.value, Name):
            yield from _attribute(called, place)
    yield from _calls_of_takers(place)
    for touch in function.touches:
        if not isinstance(touch.value.value, Name):  # type: ignore[union-attr]
            yield from _attribute(touch.value, place)
    for read in function.awaits:
        yield from _read(read, place)
    if function.assignments:
        yield from _stored(place)
    if task is not None:
        yield from _returned(task, place)


# -- calls by what is done with them -----------------------------------------------------------------------------------


def _use(call: Call, name: str, place: _Place) -> Iterator[Report]:
    message = ""
    if call.use == AWAITED:
        message = _not_awaitable(call, name, place)
    elif call.use == STATEMENT and name in _WRAPPERS:
        message = _only_wrapped(call, place)
    elif not place.may_be_async(call):
        return
    elif call.use == ENTERED:
        message = _entered(call, place)
    elif call.use == ITERATED:
        message = _iterated(call, place)
    else:
        made = place.lazy(call)
        if made is not None:
            message = _dropped(made, call.use)
    if message:
        yield from place.report(call, message)


def _dropped(made: Lazy, use: str) -> str:
    if made.kind not in (COROUTINE, GENERATOR):
        return ""
    thing = f"the {made.kind} of {made.maker}"
    if use == STATEMENT:
        verb = "awaits" if made.kind == COROUTINE else "iterates"
        return f"nothing {verb} {thing}: it is made and dropped, and its body never runs"
    if use == TESTED:
        return f"this tests {thing} itself, which is always true and never runs"
    if use == OPERAND and made.kind == COROUTINE:
        return f"an expression takes {thing} itself, which nothing awaits, for its result"
    if made.kind == COROUTINE and made.ours and use in (ASYNC_ENTERED, ASYNC_ITERATED):
        word = "with" if use == ASYNC_ENTERED else "for"
        return f"'async {word}' is given {thing}, which nothing awaits"
    return ""


def _only_wrapped(call: Call, place: _Place) -> str:
    if len(call.arguments) != 1 or isinstance(call.arguments[0], Starred):
        return ""
    for name in place.context.project.evaluator.names(call.function, place.frame):
        row = BRIDGES.get(name)
        if row is not None and row.returns_callable:
            word = name.rpartition(".")[2]
            what = _text(call.arguments[0])
            made = f"{word}({what})"
            return f"{made} only makes a function, which is dropped: without a second call, {made}(), nothing runs"
    return ""


def _entered(value: Value, place: _Place) -> str:
    what = refuses_with(value, place.frame, place.context.project.certain)
    if what:
        return f"a plain 'with' enters {what}, which is for 'async with'"
    made = place.coroutine(value)
    return f"a plain 'with' enters the coroutine of {made.maker}, which nothing awaits" if made is not None else ""


def _iterated(value: Value, place: _Place) -> str:
    what = refuses_for(value, place.frame, place.context.project.certain)
    if what:
        return f"a plain 'for' iterates over {what}, which is for 'async for'"
    made = place.coroutine(value)
    return (
        f"a plain 'for' iterates over the coroutine of {made.maker}, which nothing awaits" if made is not None else ""
    )


def _not_awaitable(call: Call, name: str, place: _Place) -> str:
    if name in _PUBLISHES and _is_published(call, place):
        return f"{_text(call.function)}() returns an AsyncResult at once, which cannot be awaited"
    if name in place.context.project.async_names:
        made = place.lazy(call)
        if made is not None and made.kind == GENERATOR:
            return f"the async generator of {made.maker} cannot be awaited: it is for 'async for'"
    elif name in place.context.project.sync_names:
        plain = plain_result(call.function, place.frame, place.context.project.certain)
        if plain:
            return f"{plain} is no coroutine function: what it returns cannot be awaited"
    return ""


# -- other places of a coroutine ---------------------------------------------------------------------------------------


def _attribute(value: Value, place: _Place) -> Iterator[Report]:
    """Judge ``coroutine().name``."""
    while isinstance(value, Attribute):
        inner = value.value
        if isinstance(inner, Call) and inner.use == ATTRIBUTE and place.may_be_async(inner):
            if value.name not in _OF_COROUTINES and not value.name.startswith(("cr_", "__")):
                made = place.coroutine(inner)
                if made is not None:
                    message = (
                        f"'.{value.name}' is taken from the coroutine of {made.maker} itself, which nothing awaits"
                    )
                    yield from place.report(inner, message)
            return
        value = inner


def _stored(place: _Place) -> Iterator[Report]:
    """Judge what is unpacked, and what is stored in a variable that nothing reads or that is taken for the result."""
    stored: dict[int, list[Assignment]] = {}
    for assignment in place.function.assignments:
        value = assignment.value
        if assignment.via != "=":
            continue
        if isinstance(value, Subscript) and isinstance(value.value, Call) and place.may_be_async(value.value):
            made = place.coroutine(value.value)  # ``first, rest = coroutine()``
            if made is not None:
                message = f"this takes parts of the coroutine of {made.maker} itself, which nothing awaits"
                yield from place.report(value.value, message)
        elif isinstance(value, Call):
            stored.setdefault(id(value), []).append(assignment)
        elif isinstance(value, Collection) and place.function.kind == "function":
            yield from _collected(assignment, value, place)
    if place.function.kind != "function":
        return
    for assignments in stored.values():
        call = assignments[0].value
        names = [a.target.id for a in assignments if isinstance(a.target, Name)]
        if not isinstance(call, Call) or len(names) < len(assignments) or not place.may_be_async(call):
            continue
        unread = not any(_is_read(name, place) for name in names)
        idle = not unread and all(_is_idle(name, place) for name in names)
        taken = "" if unread or idle else _taken(assignments[0], names[0], place.function)
        made = place.coroutine(call) if unread or idle or taken else None
        if made is None:
            continue
        thing = f"the coroutine of {made.maker}"
        if unread:
            message = f"{thing} is stored in '{names[0]}', which nothing reads, so its body never runs"
        elif idle:
            message = f"{thing} is stored in '{names[0]}', which is only tested, so its body never runs"
        else:
            message = f"{taken} is taken from {thing} itself, which nothing awaits"
        yield from place.report(call, message)


def _collected(stored: Assignment, value: Collection, place: _Place) -> Iterator[Report]:
    """Judge a list of coroutines that is only counted or tested."""
    if not isinstance(stored.target, Name) or not _is_idle(stored.target.id, place):
        return
    for part in value.values:
        made = place.coroutine(part) if isinstance(part, Call) and place.may_be_async(part) else None
        if made is not None and isinstance(part, Call):
            message = f"the coroutine of {made.maker} is put in '{stored.target.id}', which is only counted or tested"
            yield from place.report(part, f"{message}, so its body never runs")


def _is_idle(name: str, place: _Place) -> bool:
    """Say whether all that is done with a local variable is to ask for its length, or whether it is anything."""
    function = place.function
    if name in function.outer or name in function.nonlocals or "locals" in function.reads:
        return False
    if name in read_inside(place.frame.module).get(function.index, ()):
        return False
    return 0 < function.reads.get(name, 0) == _questions(function).get(name, 0)


@of_facts
def _questions(function: Function) -> dict[str, int]:
    """Return how often each variable is tested, compared with None or counted."""
    counted = [
        call.arguments[0]
        for call in function.calls
        if call.function == Name("len") and len(call.arguments) == 1 and not call.keywords
    ]
    tested = [value for block in function.blocks if block.kind in ("if", "while") for value in block.values]
    asked = [*counted, *[part for value in tested for part in _asked(value)]]
    return Counter(value.id for value in asked if isinstance(value, Name))


def _asked(test: Value) -> Iterator[Value]:
    """Yield what a test asks about: ``x``, ``not x``, ``x is None``."""
    if isinstance(test, Compare):
        if test.operator == "Not" or test.operands[1:] == (Constant(None),):
            yield from _asked(test.operands[0])
    elif isinstance(test, Choice):
        for part in test.values:
            yield from _asked(part)
    else:
        yield test


def _taken(stored: Assignment, name: str, function: Function) -> str:
    """Return an attribute or a part that is taken of a variable while it holds what was stored, or nothing.

    It is said as ``'.id' (line 12)``, or as ``'[…]' (line 12)``.

    Nothing is said of a variable that is awaited anywhere.
    """
    if name in _awaited_names(function):
        return ""
    # What follows a ``try`` or a ``with`` that was left in the normal way follows its last statement.
    home, tried = stored.block, set()
    while function.blocks[home].kind in ("try", "with", "async with"):
        tried.add(home)
        home = function.blocks[home].parent
    handlers = [handler for attempt in tried for handler in handlers_of(function).get(attempt, ())]
    end = last_lines(function)[home]

    def follows(block: int) -> bool:
        return inside(function, block, home) and not any(inside(function, block, handler) for handler in handlers)

    writes = _after(_writes(function).get(name, ()), stored.line, end)
    until = next((write.line for write in writes if follows(write.block)), function.end_line + 1)
    taken: list[tuple[int, str]] = []
    for line, block, attribute in _after(_attributes_read(function).get(name, ()), stored.line, min(until - 1, end)):
        if follows(block):
            if attribute in _OF_COROUTINES or attribute.startswith(("cr_", "__")):
                return ""
            taken.append((line, attribute if attribute == _PART else f".{attribute}"))
    return "'{1}' (line {0})".format(*min(taken)) if taken else ""


class _Fact(NamedTuple):
    """A variable is bound, or an attribute of it is read."""

    line: int
    block: int
    attribute: str
    """Empty where it is bound."""


def _after(facts: Sequence[_Fact], line: int, end: int) -> Iterator[_Fact]:
    """Yield the facts, which are in the order of their lines, after one line and up to another."""
    position = bisect_left(facts, (line + 1, -1, ""))
    while position < len(facts) and facts[position].line <= end:
        yield facts[position]
        position += 1


@of_facts
def _awaited_names(function: Function) -> frozenset[str]:
    """Return the variables that are awaited anywhere."""
    return frozenset([r.value.id for r in function.awaits if r.use == AWAITED and isinstance(r.value, Name)])


@of_facts
def _writes(function: Function) -> dict[str, list[_Fact]]:
    """Return where each variable is bound, in order."""
    found: dict[str, list[_Fact]] = {}
    for assignment in function.assignments:
        if isinstance(assignment.target, Name):
            found.setdefault(assignment.target.id, []).append(_Fact(assignment.line, assignment.block, ""))
    return {name: sorted(places) for name, places in found.items()}


@of_facts
def _attributes_read(function: Function) -> dict[str, list[_Fact]]:
    """Return which attributes are read of each variable itself, in order."""
    found: dict[str, list[_Fact]] = {}
    called = [(call.function, call.block, call.line) for call in function.calls]
    for value, block, line in [*called, *[(read.value, read.block, read.line) for read in function.touches]]:
        while isinstance(value, Attribute) and not isinstance(value.value, Name):
            value = value.value
        if isinstance(value, Attribute) and isinstance(value.value, Name):
            found.setdefault(value.value.id, []).append(_Fact(line, block, value.name))
    for name, line, block in _parts_read(function):
        found.setdefault(name, []).append(_Fact(line, block, _PART))
    return {name: sorted(places) for name, places in found.items()}


def _parts_read(function: Function) -> Iterator[tuple[str, int, int]]:
    """Yield the variables of which ``x[…]`` takes a part that is returned, stored or passed: name, line and block."""
    values = [(leave.value, leave.line, leave.block) for leave in function.leaves]
    values += [(a.value, a.line, a.block) for a in function.assignments if a.via == "="]
    for call in function.calls:
        inner = call.function
        while isinstance(inner, Attribute):
            inner = inner.value
        given = (inner, *call.arguments, *[value for _, value in call.keywords])
        values += [(value, call.line, call.block) for value in given]
    for value, line, block in values:
        while isinstance(value, Subscript):
            value = value.value
            if isinstance(value, Name):
                yield value.id, line, block


def _is_read(name: str, place: _Place) -> bool:
    """Say whether anything may read a local variable after it is written."""
    function = place.function
    if name in function.outer or name in function.nonlocals or "locals" in function.reads:
        return True
    if name in function.reads:
        return True
    return name in read_inside(place.frame.module).get(function.index, ())


def _read(read: Read, place: _Place) -> Iterator[Report]:
    """Judge a name or an attribute that is awaited, entered or iterated."""
    message = ""
    if read.use == AWAITED:
        function = uncalled(read.value, place.frame, place.context.project.certain)
        if function:
            message = f"this awaits {function} itself: it is not called"
    elif read.use == ENTERED:
        message = _entered(read.value, place)
    elif read.use == ITERATED:
        message = _iterated(read.value, place)
    if message:
        yield from place.report(read, message)


def _returned(task: Task, place: _Place) -> Iterator[Report]:
    """Judge what a sync task returns."""
    function, project = place.function, place.context.project
    if function.is_async or function.is_generator or has_async_pool(project) or is_wrapped(task):
        return
    if task.decorator is None and function.decorators:
        return
    for leave in function.leaves:
        if leave.kind != "return":
            continue
        for value in _parts(leave.value):
            if isinstance(value, Call) and not place.may_be_async(value):
                continue
            made = place.coroutine(value)
            if made is not None and not is_driven(task, project):
                message = f"task '{task.name}' returns the coroutine of {made.maker}, which no worker awaits"
                at = value if isinstance(value, Call) else leave
                yield Report(at.line, at.column, message)


def _parts(value: Value) -> Iterator[Value]:
    """Yield the calls and names that a value is or contains."""
    if isinstance(value, (Choice, Collection)):
        for part in value.values:
            yield from _parts(part)
    elif isinstance(value, Mapping):
        for _, part in value.items:
            yield from _parts(part)
    elif isinstance(value, (Call, Name)):
        yield value


# -- coroutines given to something that cannot use them ----------------------------------------------------------------


def _given(call: Call, name: str, place: _Place) -> Iterator[Report]:
    if name in _PUBLISHES or name in _SIGNS:
        yield from _published(call, name, place)
    elif name == "add_task":
        yield from _in_background(call, place)
    elif name in _DRIVERS and (call.arguments or isinstance(call.function, Call)) and not place.function.is_async:
        message = _misdriven(call, place)
        if message:
            yield from place.report(call, message)


def _published(call: Call, name: str, place: _Place) -> Iterator[Report]:
    """Judge the arguments of a message."""
    given = [
        part for value in (*call.arguments, *[value for _, value in call.keywords]) for part in _parts(value)
    ]  # fmt: skip
    for value in given:
        if isinstance(value, Call) and not (value.use in (ARGUMENT, COLLECTED) and place.may_be_async(value)):
            continue
        made = place.coroutine(value)
        if made is not None and _is_published(call, place):
            at = value if isinstance(value, Call) else call
            message = f"{name}() is given the coroutine of {made.maker}, which no message can carry to a worker"
            yield from place.report(at, message)


def _in_background(call: Call, place: _Place) -> Iterator[Report]:
    """Judge what a web framework is to call after the response."""
    value = call.argument(0, "func")
    if not isinstance(value, Call) or not place.may_be_async(value):
        return
    made = place.coroutine(value)
    origins = place.context.project.certain.origins(call.function, place.frame) if made is not None else ()
    if made is not None and origins and all(name_of(origin) in _BACKGROUND for origin in origins):
        message = f"add_task() calls what it is given, but gets the coroutine of {made.maker}, which never runs"
        yield from place.report(value, message)


def _is_published(call: Call, place: _Place) -> bool:
    """Say whether the call is surely Celery's own ``delay``, ``apply_async`` or ``send_task``, or makes a signature."""
    project = place.context.project
    origins = project.certain.origins(call.function, place.frame)
    if not origins or project.app_task_classes:
        return False
    for origin in origins:
        if not isinstance(origin, Method):
            return False
        receiver = origin.receiver
        if isinstance(receiver, FunctionObject):
            task = project.task_of(receiver.function)
            if task is None or _has_own_class(task):
                return False
            base = task.option("base")
            if base is not None and not _publishes_as_celery(base, task, place):
                return False
        elif not isinstance(receiver, Made) or receiver.name not in _SENDERS:
            return False
    return True


def _publishes_as_celery(base: Value, task: Task, place: _Place) -> bool:
    """Say whether a task's class surely leaves ``delay`` and ``apply_async`` to Celery."""
    project, module = place.context.project, task.frame.module
    scope = project.evaluator.frame(module, module.functions[max(task.function.parent, 0)])
    classes = project.certain.origins(base, scope)
    members = [
        member
        for cls in classes
        for name in ("delay", "apply_async")
        for member in (project.certain.method(Instance(cls), name) if isinstance(cls, ClassObject) else ()) or (cls,)
    ]
    return bool(members) and all(
        isinstance(member, Method)
        and isinstance(member.receiver, Made)
        and member.receiver.name in celery_names.TASK_CLASSES
        for member in members
    )


_SENDERS = frozenset(
    {
        *celery_names.APP_CLASSES,
        *celery_names.TASK_CLASSES,
        *(f"celery.{name}" for name in ("chain", "chord", "group", "signature")),
        *(f"celery.canvas.{name}" for name in ("chain", "chord", "group", "signature", "Signature")),
    }
)


def _has_own_class(task: Task) -> bool:
    app = task.app
    if isinstance(app, Instance):
        return True
    return isinstance(app, Made) and app.call is not None and app.call.keyword("task_cls") is not None


def _misdriven(call: Call, place: _Place) -> str:
    """Return what is wrong with the argument of a bridge."""
    project = place.context.project
    bridge = find_bridge(call, place.frame, project.evaluator, project.options)
    if bridge is None or not bridge.driven:
        return ""
    if not project.options.bridges.isdisjoint(project.evaluator.names(call.function, place.frame)):
        return ""
    value = bridge.driven[0]
    if bridge.calls_it:
        return _miscalled(bridge, place)
    if isinstance(value, Lambda):
        return f"{bridge.name} takes a coroutine, but gets a lambda, which it does not call"
    function = uncalled(value, place.frame, project.certain)
    if function:
        return f"{bridge.name} takes a coroutine, but gets the function {function} itself, which it does not call"
    made = place.lazy(value)
    if made is not None and made.kind == GENERATOR:
        return f"{bridge.name} takes a coroutine, but gets the async generator of {made.maker}"
    if made is not None and made.kind == FUTURE and bridge.name in _ONE_COROUTINE:
        # In a task, building the future outside a loop is the defect (CAX08).
        if project.worker.synchronous(place.function) is None or bridge.loop == THREAD:
            return f"{bridge.name} takes a coroutine, but gets the future of {made.maker}"
    if isinstance(value, Call) and last_name(value.function) in project.sync_names:
        plain = plain_result(value.function, place.frame, project.certain)
        if plain:
            return f"{bridge.name} takes a coroutine, but {plain} is no coroutine function"
    return ""


def _miscalled(bridge: Bridge, place: _Place) -> str:
    """Return what is wrong with the argument of a bridge that calls what it is given."""
    value = bridge.driven[0]
    made = place.coroutine(value)
    if made is not None:
        return f"{bridge.name} calls what it is given, but gets the coroutine of {made.maker}, which never runs"
    plain = plain_result(value, bridge.wrapped or place.frame, place.context.project.certain)
    return f"{bridge.name} awaits what the function returns, but {plain} is no coroutine function" if plain else ""


def _is_switched(function: Function, block: int) -> bool:
    """Say whether a statement runs only if a test says so that asks for sync or async, or never.

    Code that is generated for both worlds keeps both: ``if _IS_SYNC: self.open()``, ``if not iscoroutinefunction(f)``.
    """
    return block in _switched(function)


@of_facts
def _switched(function: Function) -> frozenset[int]:
    return under(function, _is_switch)


def _is_switch(block: Block) -> bool:
    return block.kind in ("if", "else", "while") and any(
        test == Constant(block.kind == "else") or any(_ASKS.search(word) for word in _words(test))
        for test in block.values
    )


def _words(value: Value) -> Iterator[str]:
    """Yield the names in a test."""
    stack = [value]
    while stack:
        value = stack.pop()
        if isinstance(value, Name):
            yield value.id
        elif isinstance(value, Attribute):
            yield value.name
            stack.append(value.value)
        elif isinstance(value, Call):
            yield last_name(value.function)
        elif isinstance(value, (Choice, Opaque)):
            stack.extend(value.values)
        elif isinstance(value, Compare):
            stack.extend(value.operands)


def _text(value: Value) -> str:
    """Return a short form of a value for a message."""
    if isinstance(value, Name):
        return value.id
    if isinstance(value, Attribute):
        return f"{_text(value.value)}.{value.name}"
    if isinstance(value, Call):
        return f"{_text(value.function)}()"
    return repr(value.value) if isinstance(value, Constant) else "…"


RULE = Rule(
    code="CAX11",
    slug="coroutine-never-run",
    severity=Severity.ERROR,
    summary="A coroutine is made and dropped, or used as if it were its result.",
    page=__doc__ or "",
    check=check,
)
