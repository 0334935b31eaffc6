"""
## What it does
Reports receivers of Celery's signals that do not do their work:

- An `async def` receiver.
- A receiver that is collected before it runs: a function defined in a function, a lambda, a `functools.partial` or a
  bound method of a temporary object, connected without `weak=False`. The object may connect it itself: `self.start`
  in its constructor, or in a method that is called as `Boot().install()`.
- Set-up in `worker_process_init` under a pool that does not send it (threads, gevent, eventlet), and clean-up in
  `worker_process_shutdown` under any pool but prefork. The pool must be known.
- `worker_process_init` that is seen to wait longer than `worker_proc_alive_timeout` (4 seconds).

## Why it fails
Celery calls a receiver and ignores what it returns, so the body of a coroutine function never runs:

```
RuntimeWarning: coroutine 'connect_database' was never awaited
```

Signals keep weak references. A function that nothing else refers to is gone when the function around it returns, and
no warning tells of it.

A child that replaces another one (after `worker_max_tasks_per_child`, a crash, a time limit) must be up within
`worker_proc_alive_timeout`. If `worker_process_init` waits longer, it is killed, and the next one too, for ever:

```
Timed out waiting for UP message from <ForkProcess…>
```

## Example
```python
from celery.signals import worker_process_init


@worker_process_init.connect
async def connect_database(**kwargs: object) -> None:
    print("connecting")
```

## Use instead
```python
import asyncio

from celery.signals import worker_process_init

RUNNER = asyncio.Runner()


async def connect_database() -> None:
    print("connecting")


@worker_process_init.connect
def start(**kwargs: object) -> None:
    RUNNER.run(connect_database())
```

For the others: `connect(weak=False)`, or a function of the module; `worker_init`, or set-up on first use, under pools
that do not send `worker_process_init`; `worker_proc_alive_timeout` above the longest wait.

## When it is silent
- The nested function is returned, stored or used otherwise, or the function around it runs the worker.
- What `connect` returns, which is the receiver, is kept: `keep = worker_ready.connect(lambda **kwargs: ping())`.
- A class whose method connects `self.start` is used for anything but a temporary object.
- It is connected in a method that nothing in the project calls.
- The pool is not known, or another receiver does the same work for the pools that do not send the signal.
- A `worker_process_init` receiver that only closes or disposes what was inherited, or does again what importing its
  module has done: without a fork there is nothing to do. Beside workers that fork, one that also sets something up.
- The wait is conditional, not a constant, or below `worker_proc_alive_timeout` as this file sets it.
- `celery_aio_pool` or `celery_pool_asyncio` is imported, or `cax-pool = custom`: async receivers are not judged.

## Measured
Async receivers: the body ran in 0 of 7 signals, all pools (LAB 13a). `worker_process_init` is sent under solo, not
under threads and gevent; `worker_process_shutdown` under prefork only (LAB 13b). Nested function, lambda, bound
method of a temporary: never ran; `weak=False`: ran (LAB 13c). Waits of 6 and 10 s were tolerated at start-up;
replacement children were killed for ever; `worker_proc_alive_timeout=20` cured it (LAB 13d).

## References
- Celery, "Signals": https://docs.celeryq.dev/en/stable/userguide/signals.html
- Celery, `worker_proc_alive_timeout`:
  https://docs.celeryq.dev/en/stable/userguide/configuration.html#worker-proc-alive-timeout
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.options import Pool
from flake8_celery_async.project.graph import Project
from flake8_celery_async.project.startup import work_of
from flake8_celery_async.project.testing import is_test
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.semantics.bridges import driven_frames, find_bridge
from flake8_celery_async.semantics.catalog.signals import PROC_ALIVE_TIMEOUT
from flake8_celery_async.semantics.tasks import Receiver
from flake8_celery_async.semantics.values import literal
from flake8_celery_async.source.blocks import around, in_main_guard
from flake8_celery_async.source.calls import left_out
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import (
    AWAITED,
    DECORATOR,
    STATEMENT,
    Attribute,
    Binding,
    Call,
    Collection,
    Constant,
    Function,
    Import,
    Lambda,
    Module,
    Name,
    Value,
    of_facts,
)
from flake8_celery_async.source.names import dotted, last_name
from flake8_celery_async.source.origins import (
    ClassObject,
    Frame,
    FunctionObject,
    Literal,
    Made,
    is_kept,
    with_arguments,
)

_INSTEAD = {
    "worker_process_init": ("worker_init", "worker_ready", "celeryd_init", "celeryd_after_setup"),
    "worker_process_shutdown": ("worker_shutdown", "worker_shutting_down"),
}
"""The signals of the worker's life that every pool sends, for the two that not every pool does."""
_CLOSINGS = ("dispose", "close", "aclose", "disconnect", "reset")
"""How the names of calls begin that close what was inherited."""
_NEUTRAL = frozenset(
    {
        "debug", "info", "warning", "exception", "error", "getLogger", "print", "getpid", "get_logger",
        "get_task_logger", "hasattr", "getattr", "isinstance", "all", "items", "values", "list", "run",
    }
)  # fmt: skip
"""Calls that set nothing up; ``run`` drives a closing."""
_RUNS_WORKER = frozenset(
    {"worker_main", "Worker", "start", "run_forever", "join", "WorkController", "execute_from_argv"}
)
_SLEEPS = frozenset({"time.sleep", "gevent.sleep", "eventlet.sleep", "asyncio.sleep", "anyio.sleep", "trio.sleep"})
_UNCONDITIONAL = frozenset({"with", "async with", "try", "try else", "finally"})


def check(context: Context) -> Iterator[Report]:
    """Yield the receivers of the module that do not work, each with the first reason found."""
    if is_test(context.module):
        return
    seen: set[tuple[int, int]] = set()
    for receiver in context.project.receivers_of(context.module):
        if _never_connected(receiver, context.project):
            continue
        for report in _judge(receiver, context):
            if report[:2] not in seen:
                seen.add(report[:2])
                yield report
            break


def _judge(receiver: Receiver, context: Context) -> Iterator[Report]:
    signal = _signal(receiver)
    target = receiver.target
    if target is not None and target.function.is_async and _awaits_nothing(receiver, context):
        own = target.module is context.module
        line, column = (target.function.line, target.function.column) if own else (receiver.line, receiver.column)
        yield Report(
            line, column, f"nothing awaits the async receiver '{target.function.name}' of {signal}: its body never runs"
        )
    fleeting = _fleeting(receiver, context.project)
    if fleeting:
        yield Report(
            receiver.line,
            receiver.column,
            f"{signal} keeps only a weak reference to {fleeting}, which is gone before the signal is sent: "
            "it never runs (weak=False keeps it)",
        )
    if signal in _INSTEAD:
        yield from _not_sent(receiver, signal, context)
    if signal == "worker_process_init":
        yield from _too_slow(receiver, context)


def _never_connected(receiver: Receiver, project: Project) -> bool:
    """Say whether it is connected in a method that nobody calls: one whose name nothing in the project asks for.

    A class with a base from elsewhere may be called by that; a function may be called by what runs the project.
    """
    scope, module = receiver.scope, receiver.module
    if scope.kind != "function" or scope.cls < 0 or scope.decorators or scope.name.startswith("__"):
        return False
    lineage = project.evaluator.lineage(ClassObject(module, module.classes[scope.cls]))
    return scope.name not in project.attributes_read and all(isinstance(base, ClassObject) for base in lineage)


def _signal(receiver: Receiver) -> str:
    return receiver.signal.name.rpartition(".")[2]


# -- async -------------------------------------------------------------------------------------------------------------


def _awaits_nothing(receiver: Receiver, context: Context) -> bool:
    """Say whether the coroutine function itself is connected, in a project whose pool does not await it."""
    if Pool.CUSTOM in {use.pool for use in context.pools}:
        return False
    if context.project.has_async_pool:
        return False
    decorators = receiver.target.function.decorators if receiver.target is not None else ()
    # Below the signal's decorator may stand one that returns a sync function.
    return not decorators or decorators[-1] is receiver.value or _all_connect(decorators)


def _all_connect(decorators: tuple[Value, ...]) -> bool:
    return all(last_name(d.function if isinstance(d, Call) else d) == "connect" for d in decorators)


# -- weak references ---------------------------------------------------------------------------------------------------


def _fleeting(receiver: Receiver, project: Project) -> str:
    """Say what the signal refers to when nothing else does; empty when something does, or that cannot be told."""
    call, evaluator = receiver.call, project.evaluator
    scope, value = receiver.scope, receiver.value
    if (call is not None and (_keeps(call) or _result_stays(call, scope))) or _stays(scope):
        return ""
    if receiver.target is not None and (call is None or call.use == DECORATOR):
        function = receiver.target.function
        if scope.kind != "function" or not _all_connect(function.decorators):
            return ""
        return f"the nested function '{function.name}'" if _is_unused(function.name, 0, receiver) else ""
    frame = evaluator.frame(receiver.module, scope)
    if isinstance(value, Lambda):
        return "the lambda"
    if isinstance(value, Call):
        return _fleeting_result(value, frame, receiver, evaluator)
    if isinstance(value, Attribute):
        return _fleeting_method(value, frame, receiver, evaluator) or _method_of_self(value, receiver, project)
    if isinstance(value, Name) and scope.kind == "function" and value.id in scope.bindings:
        target = receiver.target
        if target is not None and target.function.parent == scope.index and _is_unused(value.id, 1, receiver):
            kind = "lambda" if target.function.kind == "lambda" else "nested function"
            return f"the {kind} '{value.id}'"
    return ""


def _keeps(connect: Call) -> bool:
    """Say whether a call of ``connect`` may ask for a strong reference."""
    weak = connect.argument(2, "weak")
    return (weak is not None and weak != Constant(True)) or any(key is None for key, _ in connect.keywords)


def _result_stays(connect: Call, scope: Function) -> bool:
    """Say whether something keeps what ``connect`` returns, which is the receiver."""
    if connect.use in (STATEMENT, DECORATOR):
        return False
    targets = [assignment.target for assignment in scope.assignments if assignment.value == connect]
    return not targets or any(
        not isinstance(t, Name) or scope.kind != "function" or t.id in scope.outer or scope.reads.get(t.id, 0) > 0
        for t in targets
    )


def _stays(scope: Function) -> bool:
    """Say whether the function's locals live on: it runs the worker itself, or is suspended at a ``yield``."""
    if scope.kind != "function":
        return False
    return scope.is_generator or any(
        last_name(call.function) in _RUNS_WORKER or _starts_app(call) for call in scope.calls
    )


def _starts_app(call: Call) -> bool:
    """``app.start(argv)``: the command line of Celery, which returns when the worker ends."""
    path = dotted(call.function)
    return path is not None and len(path) > 1 and path[-1] == "start" and path[-2].endswith(("app", "celery", "worker"))


def _is_unused(name: str, least: int, receiver: Receiver) -> bool:
    """Say whether a local is read only to connect it; ``least`` counts the reads that this receiver makes."""
    scope, module = receiver.scope, receiver.module
    if name in scope.outer or name in scope.nonlocals:
        return False
    connects = sum(
        last_name(call.function) == "connect" and Name(name) in call.arguments[:1]
        for call in scope.calls
        if call.use != DECORATOR
    )
    return scope.reads.get(name, 0) <= max(least, connects) and not _is_seen_inside(name, scope, module)


def _is_seen_inside(name: str, scope: Function, module: Module) -> bool:
    inside = {scope.index}
    for function in module.functions[scope.index + 1 :]:
        if function.parent in inside:
            inside.add(function.index)
            if name in function.reads and function.name != name:
                return True
    return False


def _fleeting_result(value: Call, frame: Frame, receiver: Receiver, evaluator: Evaluator) -> str:
    """Judge ``connect(partial(f, 1))`` and ``connect(make_receiver())``."""
    if "functools.partial" in evaluator.names(value.function, frame):
        return "the partial"
    target = receiver.target
    if target is None or not _is_plain_call(value, frame, evaluator):
        return ""
    function = target.function
    outer = receiver.module.functions[function.parent] if target.module is receiver.module else None
    if outer is None or outer.kind != "function" or outer.decorators:
        return ""
    # The factory returns it, and nothing else of it may refer to it.
    return f"the function '{function.name}' made here" if outer.reads.get(function.name, 0) <= 1 else ""


def _is_plain_call(value: Call, frame: Frame, evaluator: Evaluator) -> bool:
    return any(isinstance(origin, FunctionObject) for origin in evaluator.origins(value.function, frame))


def _fleeting_method(value: Attribute, frame: Frame, receiver: Receiver, evaluator: Evaluator) -> str:
    """Judge ``connect(Pool().start)``, and the same with the object in a local name."""
    made, scope = value.value, receiver.scope
    if isinstance(made, Name):
        if scope.kind != "function" or made.id not in scope.bindings or made.id in scope.outer:
            return ""
        values = [a.value for a in scope.assignments if a.target == made and a.via == "="]
        connected = sum(
            last_name(call.function) == "connect"
            and any(isinstance(a, Attribute) and a.value == made for a in call.arguments)
            for call in scope.calls
        )
        if len(values) != 1 or scope.reads.get(made.id, 0) > connected or _is_seen_inside(made.id, scope, frame.module):
            return ""
        made = values[0]
    if not isinstance(made, Call):
        return ""
    for origin in evaluator.origins(made.function, frame):
        if isinstance(origin, ClassObject) and not _keeps_itself(origin, evaluator):
            return f"the method of a temporary '{origin.cls.name}'"
    return ""


def _method_of_self(value: Attribute, receiver: Receiver, project: Project) -> str:
    """Judge ``connect(self.start)`` in a method, where the project makes nothing but temporary objects of the class."""
    scope, module = receiver.scope, receiver.module
    if scope.cls < 0 or not scope.parameters or value.value != Name(scope.parameters[0].name) or scope.decorators:
        return ""
    cls = ClassObject(module, module.classes[scope.cls])
    methods = _methods_of_temporaries(cls.cls.name, project)
    if not methods or scope.name not in {"__init__", *methods} or _keeps_itself(cls, project.evaluator, methods):
        return ""
    return f"the method of a temporary '{cls.cls.name}'" if receiver.target is not None else ""


def _methods_of_temporaries(name: str, project: Project) -> frozenset[str]:
    """Return what is called of objects of a class where nothing can keep one: ``Boot()``, ``Boot().install()``.

    That is the constructor and methods at the end of a statement; nothing where the class is used in another way.
    """
    found: set[str] = set()
    for module in project.modules.values():
        for function in module.functions:
            if any(_renames(binding, name, bound) for bound, each in function.bindings.items() for binding in each):
                return frozenset()
            made = [call for call in function.calls if last_name(call.function) == name]
            called = {
                call.function.value: call.function.name
                for call in function.calls
                if call.use == STATEMENT and isinstance(call.function, Attribute)
            }
            if any(call.use != STATEMENT and call not in called for call in made):
                return frozenset()
            if function.reads.get(name, 0) > len(made):
                return frozenset()
            found.update(["__init__" if call.use == STATEMENT else called[call] for call in made])
    return frozenset(found)


def _renames(binding: Binding, name: str, bound: str) -> bool:
    return isinstance(binding, Import) and binding.name == name and bound != name


def _keeps_itself(cls: ClassObject, evaluator: Evaluator, methods: Iterable[str] = ()) -> bool:
    """Say whether an object of the class may be referred to by something its constructor, or a method, did."""
    lineage = evaluator.lineage(cls)
    if any(not isinstance(owner, ClassObject) for owner in lineage):
        return True
    for name in dict.fromkeys(("__init__", "__new__", *methods)):
        method = evaluator.method(cls, name)
        if method is None or not method.function.parameters:
            continue
        own = method.function.parameters[0].name
        for call in method.function.calls:
            if last_name(call.function) == "connect" and not _keeps(call) and len(call.arguments) == 1:
                continue  # a weak reference
            values = [*call.arguments, *[v for _, v in call.keywords]]
            if any(v == Name(own) or (isinstance(v, Attribute) and v.value == Name(own)) for v in values):
                return True
        if name == "__new__" or any(a.value == Name(own) for a in method.function.assignments):
            return True
    return False


# -- pools -------------------------------------------------------------------------------------------------------------


def _not_sent(receiver: Receiver, signal: str, context: Context) -> Iterator[Report]:
    target, project = receiver.target, context.project
    missing = [use for use in context.pools if use.pool.value not in receiver.signal.pools]
    if not missing or target is None:
        return
    if signal == "worker_process_shutdown" and len(missing) != len(context.every_pool):
        return
    runs = project.runs_of(target)
    if signal == "worker_process_init" and all(_only_heals(run.frame) for run in runs):
        return
    if len(missing) != len(context.every_pool) and any(_closes(run.frame, project.evaluator) for run in runs):
        return  # it heals a fork for the workers that do
    if not work_of(runs).isdisjoint(project.receivers_work(_INSTEAD[signal])):
        return
    pools = " and ".join(use.pool.value for use in missing)
    said = ", ".join(dict.fromkeys(use.said for use in missing))
    yield Report(
        receiver.line,
        receiver.column,
        f"{signal} is not sent under the {pools} pool ({said}): '{target.function.name}' never runs",
    )


def _closes(frame: Frame, evaluator: Evaluator) -> bool:
    """Say whether a function closes what it has not made itself."""
    return any(_is_closing(call) and not _made_here(call, frame, evaluator) for call in frame.function.calls)


def _is_closing(call: Call) -> bool:
    return last_name(call.function).startswith(_CLOSINGS)


def _made_here(closing: Call, frame: Frame, evaluator: Evaluator) -> bool:
    """Say whether a closing is asked of an object that the function has made and nothing keeps."""
    owner = closing.function.value if isinstance(closing.function, Attribute) else None
    if not isinstance(owner, Name) or owner.id in frame.function.outer:
        return False
    origins = list(evaluator.origins(owner, frame)) if owner.id in frame.function.bindings else []
    return bool(origins) and all(isinstance(o, Made) and not is_kept(o.hold) for o in origins)


def _only_heals(frame: Frame) -> bool:
    """Say whether a function only closes what was inherited, and does again what importing its module has done."""
    function, before = frame.function, _done_at_import(frame.module)
    if function.kind == "function" and (function.name, "()") in before.calls:
        return True
    return function.outer <= before.made and all(
        call.use == DECORATOR
        or _is_closing(call)
        or last_name(call.function) in _NEUTRAL
        or _spelled(call) in before.calls
        for call in function.calls
    )


class _Done(NamedTuple):
    """What importing a module has done."""

    made: frozenset[str]
    """The globals that hold what a call has returned."""
    calls: frozenset[tuple[str, ...]]
    """The calls as :func:`_spelled` spells them."""


@of_facts
def _done_at_import(module: Module) -> _Done:
    """Return what the statements of a module have made and called."""
    made = [a.target.id for a in module.body.assignments if isinstance(a.target, Name) and isinstance(a.value, Call)]
    calls = [_spelled(call) for call in module.body.calls if not in_main_guard(module.body, call.block)]
    return _Done(frozenset(made), frozenset(calls))


def _spelled(value: Value) -> tuple[str, ...]:
    """Return the names of a call without arguments: ``("Thread", "()", "start", "()")`` for ``Thread(f).start()``."""
    if isinstance(value, Call):
        return (*_spelled(value.function), "()")
    if isinstance(value, Attribute):
        return (*_spelled(value.value), value.name)
    return (value.id,) if isinstance(value, Name) else ("",)


# -- waiting -----------------------------------------------------------------------------------------------------------


def _too_slow(receiver: Receiver, context: Context) -> Iterator[Report]:
    project, target = context.project, receiver.target
    pools = {use.pool for use in context.every_pool}
    if target is None or target.function.is_async or (pools and Pool.PREFORK not in pools):
        return
    seconds = _waits(target, context, 0)
    if seconds <= PROC_ALIVE_TIMEOUT:
        return
    limits = [setting.value for setting in project.settings.effective("worker_proc_alive_timeout")]
    if not all(isinstance(limit, (int, float)) for limit in limits):
        return
    limit = max([float(limit) for limit in limits if isinstance(limit, (int, float))], default=PROC_ALIVE_TIMEOUT)
    if seconds > limit:
        yield Report(
            receiver.line,
            receiver.column,
            f"'{target.function.name}' waits {seconds:g} s in worker_process_init: a process that replaces another is "
            f"killed after {limit:g} s (worker_proc_alive_timeout), and so is the next",
        )


def _waits(frame: Frame, context: Context, depth: int) -> float:
    """Return the seconds that a function waits for certain."""
    evaluator = context.project.evaluator
    seconds = 0.0
    for call in frame.function.calls:
        times = _times(frame, call.block, evaluator)
        if not times or call.use == DECORATOR:
            continue
        if any(name in _SLEEPS for name in evaluator.names(call.function, frame)):
            seconds += times * _seconds(call, frame, evaluator)
        elif depth < 4:
            called = _called(call, frame, context)
            if called is not None:
                seconds += times * _waits(called, context, depth + 1)
    return seconds


def _called(call: Call, frame: Frame, context: Context) -> Frame | None:
    """Return the frame of the function that a call runs, or of the coroutine that it drives or awaits."""
    evaluator = context.project.evaluator
    bridge = find_bridge(call, frame, evaluator, context.options)
    if bridge is not None:
        return next(driven_frames(bridge, evaluator), None)
    for origin in evaluator.origins(call.function, frame):
        if isinstance(origin, FunctionObject) and (not origin.function.is_async or call.use == AWAITED):
            bound = evaluator.bind(call, frame, origin.frame)
            return _with_defaults(bound, left_out(call, origin.frame))
    return None


def _with_defaults(frame: Frame, defaults: dict[str, Value]) -> Frame:
    """Return a function's frame with the constants that its call leaves to the defaults."""
    constants = {name: value for name, value in defaults.items() if isinstance(value, Constant)}
    known = {name: (Literal(value, frame, id(value)),) for name, value in constants.items()}
    return with_arguments(frame, {**dict(frame.arguments), **known})


def _seconds(call: Call, frame: Frame, evaluator: Evaluator) -> float:
    value = call.arguments[0] if call.arguments else call.keyword("seconds")
    read = literal(value, frame, evaluator) if value is not None else None
    if isinstance(read, (int, float)) and not isinstance(read, bool):
        return float(read)
    for name, origins in frame.arguments:
        if value == Name(name) and len(origins) == 1 and isinstance(origins[0], Literal):
            constant = origins[0].value
            if isinstance(constant, Constant) and isinstance(constant.value, (int, float)):
                return float(constant.value)
    return 0.0


def _times(frame: Frame, block: int, evaluator: Evaluator) -> int:
    """Return how often a statement runs for certain; 0 when that cannot be told."""
    function, times = frame.function, 1
    for index, found in around(function, block):
        if found.kind in _UNCONDITIONAL:
            continue
        if found.kind != "for" or any(
            leave.kind != "continue" and _is_in(function, leave.block, index) for leave in function.leaves
        ):
            return 0
        times *= _length(found.values[0], frame, evaluator)
    return times


def _is_in(function: Function, block: int, outer: int) -> bool:
    return block == outer or any(index == outer for index, _ in around(function, block))


def _length(value: Value, frame: Frame, evaluator: Evaluator) -> int:
    if isinstance(value, Collection) and not value.repeated:
        return len(value.values)
    if isinstance(value, Call) and last_name(value.function) == "range" and 1 <= len(value.arguments) <= 2:
        ends = [literal(argument, frame, evaluator) for argument in value.arguments]
        if all(isinstance(end, int) for end in ends):
            numbers = [end for end in ends if isinstance(end, int)]
            return max(len(range(*numbers)), 0)
    return 0


RULE = Rule(
    code="CAX14",
    slug="broken-worker-hook",
    severity=Severity.ERROR,
    summary="A receiver of a worker signal does not do its work.",
    page=__doc__ or "",
    check=check,
)
