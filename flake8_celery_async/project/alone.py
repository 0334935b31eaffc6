"""Coroutines that have their loop to themselves: a call that blocks there keeps nothing else from running.

That is so when only bridges of plain code drive the coroutine, when a service starts or stops, and in a script, as
long as nothing runs beside it (``gather``, ``create_task``, a task group).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from flake8_celery_async.options import Options
from flake8_celery_async.project.apart import Apart, find_apart, is_of_flask, leavings, with_aliases
from flake8_celery_async.project.company import calls_for_company, drives_several, is_on_another_loop, mentions_company
from flake8_celery_async.project.ways import Reached
from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.semantics.bridges import FRESH, Bridge
from flake8_celery_async.semantics.running import Running
from flake8_celery_async.source.blocks import in_main_guard
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import (
    Attribute,
    Call,
    Class,
    Constant,
    Function,
    Module,
    Name,
    Value,
)
from flake8_celery_async.source.names import dotted, last_name
from flake8_celery_async.source.origins import Coroutine, Frame, FunctionObject

_Node: TypeAlias = "Reached | Frame"
"""A function on a loop: as worker code reaches it, or as other code drives it."""

_ENTRIES = frozenset(
    {
        "api_route", "callback_query", "command", "delete", "event", "exception_handler", "get", "head", "listener",
        "message", "middleware", "on_event", "options", "patch", "post", "put", "route", "subscriber", "websocket",
    }
)  # fmt: skip
"""Last parts of the decorators by which a framework calls a coroutine."""


class TaskFunctions(NamedTuple):
    """Functions of tasks that something else than a bridge in sight may have to do with."""

    hosted: frozenset[Function]
    """Those that a pool runs, which has one loop for all of them."""
    made_of: frozenset[Function]
    """Those that code at import gives to a function that makes tasks of them."""


def alone_in_task(
    modules: Iterable[Module], worker: WorkerCode, tasks: TaskFunctions, running: Running, options: Options
) -> frozenset[Function]:
    """Return the coroutines that only bridges of plain code drive, each with a loop that runs nothing else.

    An ``async def`` task counts as one, unless it is one of those hosted by a pool that has one loop for all: what
    runs it, if anything does, cannot be seen. So do the methods of a class whose base is called a task but stands
    elsewhere.
    """
    modules, evaluator = list(modules), running.evaluator
    apart = find_apart(modules, worker.visits, evaluator, options)
    members = {function: cls for module in modules for function, cls in _of_task_classes(module)}
    known = {*worker.visits, *members, *apart.functions}
    candidates = {function for function in known if function.is_async}
    if not candidates:
        return frozenset()
    classes = {cls for function, cls in members.items() if calls_for_company(function)}
    busy = _busy(worker, apart, running, options)
    shared = _shared(modules, known, tasks, apart, evaluator)
    return frozenset(
        function for function in candidates - shared if members.get(function) not in classes and function not in busy
    )


def _busy(worker: WorkerCode, apart: Apart, running: Running, options: Options) -> set[Function]:
    """Return what runs where something may run beside it: with what is driven apart on a loop of its own, or on one
    loop that lasts.
    """
    onward: dict[_Node, Sequence[_Node]] = {r: r.onward for found in worker.reached.values() for r in found}
    onward.update(apart.onward.items())
    handed: list[tuple[Bridge | None, Sequence[_Node]]] = []
    for node, after in onward.items():
        for bridge, functions in leavings(_frame(node), running.evaluator, options):
            handed.append((bridge, [other for other in after if _frame(other).function in functions]))
            onward[node] = after = [other for other in after if _frame(other).function not in functions]
    crossings = enumerate(worker.crossings)
    driven: list[tuple[Bridge | None, Sequence[_Node]]] = [
        *handed,
        *[(crossing.bridge, worker.driven_by(number)) for number, crossing in crossings],
        *[(drive.bridge, [drive.target]) for drive in apart.drives],
    ]
    inviting = [node for node in onward if _has_company(node, apart, running)]
    above = _closure(inviting, _turned(onward))
    lasting = {b.group for b, found in driven if b is not None and b.loop != FRESH and not above.isdisjoint(found)}
    starts = [
        start
        for bridge, found in driven
        for start in found
        if start in above or (bridge is not None and (bridge.group in lasting or drives_several(bridge)))
    ]
    return {_frame(node).function for node in _closure(starts, onward)}


def _frame(node: _Node) -> Frame:
    return node.frame if isinstance(node, Reached) else node


def _has_company(node: _Node, apart: Apart, running: Running) -> bool:
    """Say whether a function makes something run beside it on its loop, where it does so while a loop runs."""
    frame = _frame(node)
    return frame.function not in apart.handing and any(
        running.executes(frame, call.block, call.line) and not is_on_another_loop(call, frame, running.evaluator)
        for call in calls_for_company(frame.function)
    )


def _turned(onward: Mapping[_Node, Iterable[_Node]]) -> dict[_Node, list[_Node]]:
    """Return for each thing what leads to it, by what each leads to."""
    found: dict[_Node, list[_Node]] = {}
    for before, after in onward.items():
        for node in after:
            found.setdefault(node, []).append(before)
    return found


def _closure(starts: Iterable[_Node], onward: Mapping[_Node, Iterable[_Node]]) -> set[_Node]:
    """Return what some things lead to, and they themselves."""
    found = set(starts)
    waiting = [*found]
    while waiting:
        new = [node for node in onward.get(waiting.pop(), ()) if node not in found]
        found.update(new)
        waiting.extend(new)
    return found


def _of_task_classes(module: Module) -> Iterator[tuple[Function, Class]]:
    for cls in module.classes:
        if any(last_name(base).endswith("Task") for base in cls.bases):
            for function in module.functions:
                outer = function
                while outer.cls < 0 and outer.parent > 0:
                    outer = module.functions[outer.parent]
                if outer.cls == cls.index:
                    yield function, cls


def _shared(
    modules: list[Module], known: set[Function], tasks: TaskFunctions, apart: Apart, evaluator: Evaluator
) -> set[Function]:
    """Return those of the known functions that other code uses too, and not by a bridge to a new loop."""
    found = {
        function
        for module in modules
        for function in module.functions
        if function in known and (function in tasks.hosted or _is_entry(function, module, evaluator))
    }
    names = with_aliases({function.name for function in known}, modules)
    names |= {name for module in modules for name in _partials(module)}
    work: list[tuple[Module, Function]] = [
        (module, function)
        for module in modules
        for function in module.functions
        if function not in known or function in found
    ]
    while work:
        module, function = work.pop()
        frame, driven = evaluator.frame(module, function), apart.driven.get(function, ())
        for value in _references(function, names):
            for origin in evaluator.origins(value, frame):
                target = origin.frame if isinstance(origin, (FunctionObject, Coroutine)) else None
                if target is None or target.function in driven:
                    continue
                if function.kind == "module" and target.function in tasks.made_of:
                    continue
                if target.function in known and target.function not in found:
                    found.add(target.function)
                    if target.function.is_async:
                        # A plain function of the worker bridges on a loop of its own, whoever calls it.
                        work.append((target.module, target.function))
    return found


def _partials(module: Module) -> Iterator[str]:
    """Yield the names that a module gives to partial functions: ``send_now = partial(send, "now")``."""
    for assignment in module.body.assignments:
        if isinstance(assignment.target, Name) and _is_partial(assignment.value):
            yield assignment.target.id


def _is_partial(value: Value) -> bool:
    return isinstance(value, Call) and last_name(value.function) == "partial"


def _references(function: Function, names: set[str]) -> Iterator[Value]:
    """Yield what a function calls or passes on under one of the names; a partial made at import is no call yet."""
    for call in function.calls:
        if function.kind == "module" and (in_main_guard(function, call.block) or _is_partial(call)):
            continue
        if last_name(call.function) in names:
            yield call.function
        for value in (*call.arguments, *[value for _, value in call.keywords]):
            if isinstance(value, (Name, Attribute)) and last_name(value) in names:
                yield value


def _is_entry(function: Function, module: Module, evaluator: Evaluator) -> bool:
    """Say whether a framework calls a function on a loop that it shares with others."""
    for decorator in function.decorators:
        value = decorator.function if isinstance(decorator, Call) else decorator
        if isinstance(value, Attribute) and value.name in _ENTRIES:
            return not (function.is_async and is_of_flask(decorator, module, evaluator))
    return False


def alone_in_script(module: Module) -> frozenset[Function]:
    """Return the functions that only the module itself starts, if nothing runs beside them.

    It does so under ``if __name__ == "__main__"``, or by ``asyncio.run(main())`` at its top level.
    """
    body = module.body
    found = _only_started(module)
    found |= {f for f in module.functions if f.parent >= 0 and _outermost(module, f) in found}
    found |= {f for f in module.functions if in_main_guard(body, _outermost(module, f).block) and f is not body}
    if any(mentions_company(function) for function in found):
        return frozenset()
    return frozenset(found)


def _only_started(module: Module) -> set[Function]:
    """Return the functions at the top of a module that only its start and functions of this kind use."""
    body = module.body
    top = {f.name: f for f in module.functions if f.kind == "function" and f.parent == 0 and not f.decorators}
    started = Counter(name for call in _starts(body) for name in _started(call))
    users: dict[Function, set[Function]] = {
        function: set() for name, function in top.items() if body.reads.get(name, 0) <= started[name]
    }
    uses: dict[Function, set[Function]] = {}
    for scope in module.functions:
        outer = _outermost(module, scope)
        for name in scope.reads if scope is not body else ():
            function = top.get(name)
            if function in users and outer is not function:
                users[function].add(outer)
                uses.setdefault(outer, set()).add(function)
    used = {function for function, outers in users.items() if outers or started[function.name]}
    found: set[Function] = set()
    ready = [function for function in used if not users[function]]
    while ready:
        outer = ready.pop()
        found.add(outer)
        for function in uses.get(outer, ()):
            users[function].discard(outer)
            if not users[function]:
                ready.append(function)
    return found


def _started(call: Call) -> set[str]:
    """Return the names of what a call of the start may run: what it calls, and its arguments."""
    return {last_name(call.function), *[value.id for value in call.arguments if isinstance(value, Name)]}


def _starts(body: Function) -> Iterator[Call]:
    """Yield the calls by which a module's body starts its own functions."""
    driven = {
        id(value)
        for call in body.calls
        if dotted(call.function) == ("asyncio", "run")
        for value in call.arguments[:1]
        if isinstance(value, Call)
    }
    for call in body.calls:
        if in_main_guard(body, call.block) or id(call) in driven:
            yield call


def _outermost(module: Module, function: Function) -> Function:
    while function.parent > 0:
        function = module.functions[function.parent]
    return function


def alone_at_start(module: Module) -> frozenset[Function]:
    """Return the coroutines of a module that run while a web service starts or stops, and serves nobody."""
    named: set[str] = {"lifespan"}
    for function in module.functions:
        for call in function.calls:
            for key, value in call.keywords:
                if key in ("lifespan", "on_startup", "on_shutdown"):
                    named.add(last_name(value))
    return frozenset(
        function
        for function in module.functions
        if function.is_async and _is_start(function, named) and not mentions_company(function)
    )


def _is_start(function: Function, named: set[str]) -> bool:
    """Say whether a framework calls a coroutine at its start or end: under one of the names, or by ``on_event``."""
    if function.name in named and function.is_generator:
        return True
    return any(
        isinstance(value, Call)
        and last_name(value.function) == "on_event"
        and value.arguments[:1] in ((Constant("startup"),), (Constant("shutdown"),))
        for value in function.decorators
    )
