"""What a function does with an object it made: every use of the names the object is bound to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flake8_celery_async.source.module import (
    ARGUMENT,
    ASYNC_ENTERED,
    ATTRIBUTE,
    CALLED,
    COLLECTED,
    ENTERED,
    OPERAND,
    STATEMENT,
    Assignment,
    Attribute,
    Call,
    Choice,
    Collection,
    Function,
    Mapping,
    Module,
    Name,
    Opaque,
    Starred,
    Subscript,
    Value,
)

METHOD = "method"
"""A method of the object is called: ``name`` is the method, ``call`` the call."""
BOUND = "bound"
"""An attribute is read and not called, as in ``atexit.register(loop.close)``; ``call`` is what gets it."""
PASSED = "passed"
"""The object is an argument of ``call``; ``name`` is the keyword, if any."""
STORED = "stored"
"""It is assigned to an attribute, an item or a global name."""
GATHERED = "gathered"
"""It becomes an element of a container of the function; the container is then followed like the object."""
GIVEN = "given"
"""It is returned or yielded: ``name`` says which."""
WAITED = "waited"
"""It is awaited, entered or iterated: ``name`` is the use."""


class Use(NamedTuple):
    """One thing done with the object."""

    kind: str
    name: str
    function: Function
    """Where it is done: the function itself, or one nested in it."""
    block: int
    line: int
    call: Call | None = None
    assignment: Assignment | None = None
    position: int = -1
    """Index of the argument it is, -1 for a keyword's."""


class Handle(NamedTuple):
    """An object and everything its function does with it."""

    names: frozenset[str]
    """The local (or global) names it is bound to; empty when it has none."""
    uses: tuple[Use, ...]


def follow(module: Module, function: Function, call: Call) -> Handle:
    """Return what a function does with the result of one of its calls; module-level names count as stored."""
    names: set[str] = set()
    uses = list(_of_value(function, call, names))
    if call.use in (ENTERED, ASYNC_ENTERED):
        uses.append(Use(WAITED, call.use, function, call.block, call.line, call))
    return Handle(frozenset(names), (*uses, *follow_names(module, function, names)))


def follow_names(module: Module, function: Function, names: set[str]) -> list[Use]:
    """Return the uses of names in their function and the functions nested in it; ``names`` grows by their aliases."""
    uses: list[Use] = []
    size = -1
    while names and size != len(names):
        size = len(names)
        for assignment in function.assignments:
            if assignment.via == "=" and not _is_one(assignment.target, names):
                if any(_is_one(part, names) for part in _parts(assignment.value)):
                    uses.extend(_bind(function, assignment, names))
    for scope in _scopes(module, function, names):
        uses.extend(_in_scope(scope, names))
    return uses


def unseen(function: Function, handle: Handle) -> bool:
    """Say whether the function reads the names in ways that no use tells of: tests, subscripts, ``await tasks[0]``."""
    reads = sum(function.reads.get(name, 0) for name in handle.names)
    aliases = sum(
        assignment.via == "=" and any(_is_one(part, set(handle.names)) for part in _parts(assignment.value))
        for assignment in function.assignments
    )
    return reads > aliases + sum(use.function is function and use.kind != STORED for use in handle.uses)


def _scopes(module: Module, function: Function, names: set[str]) -> Iterator[Function]:
    """Yield the function and the scopes nested in it that see its names."""
    yield function
    open_scopes = {function.index}
    for scope in module.functions[function.index + 1 :]:
        if scope.parent in open_scopes and names.isdisjoint(scope.bindings):
            open_scopes.add(scope.index)
            yield scope


def _in_scope(function: Function, names: set[str]) -> Iterator[Use]:
    for call in function.calls:
        callee = call.function
        if isinstance(callee, Attribute) and _is_one(callee.value, names):
            yield Use(METHOD, callee.name, function, call.block, call.line, call)
        for position, key, value in _given(call):
            for part in _parts(value):
                if _is_one(part, names):
                    yield Use(PASSED, key, function, call.block, call.line, call, None, position)
                elif isinstance(part, Attribute) and _is_one(part.value, names):
                    yield Use(BOUND, part.name, function, call.block, call.line, call)
    for read in function.touches:
        if read.use != ARGUMENT and isinstance(read.value, Attribute) and _is_one(read.value.value, names):
            yield Use(BOUND, read.value.name, function, read.block, read.line)
    for assignment in function.assignments:
        if assignment.via in ("for", "async for", "with", "async with") and _is_one(assignment.value, names):
            yield Use(WAITED, assignment.via, function, assignment.block, assignment.line)
    for leave in function.leaves:
        if any(_is_one(part, names) for part in _parts(leave.value)):
            yield Use(GIVEN, leave.kind, function, leave.block, leave.line)
    for read in function.awaits:
        if _is_one(read.value, names):
            yield Use(WAITED, read.use, function, read.block, read.line)


def _of_value(function: Function, call: Call, names: set[str]) -> Iterator[Use]:
    """Yield what is done with the result of a call where it stands; the names it is assigned to are added."""
    if call.use in (CALLED, STATEMENT):
        return
    if call.use in (ARGUMENT, ATTRIBUTE, COLLECTED, OPERAND):
        for outer in function.calls:
            callee = outer.function
            if isinstance(callee, Attribute) and callee.value is call:
                yield Use(METHOD, callee.name, function, outer.block, outer.line, outer)
            for position, key, value in _given(outer):
                for part in _parts(value):
                    if part is call:
                        yield Use(PASSED, key, function, outer.block, outer.line, outer, None, position)
                    elif isinstance(part, Attribute) and part.value is call:
                        yield Use(BOUND, part.name, function, outer.block, outer.line, outer)
    for assignment in function.assignments:
        for part in _parts(assignment.value):
            if part is call:
                yield from _bind(function, assignment, names)
    for leave in function.leaves:
        if any(part is call for part in _parts(leave.value)):
            yield Use(GIVEN, leave.kind, function, leave.block, leave.line)


def _bind(function: Function, assignment: Assignment, names: set[str]) -> Iterator[Use]:
    """Yield the store an assignment makes; a local name is added to ``names`` instead."""
    target = assignment.target
    if isinstance(target, Name):
        names.add(target.id)
        local = target.id not in function.outer and function.kind in ("function", "lambda")
        if local and not isinstance(assignment.value, (Collection, Mapping)):
            return
        kind = GATHERED if local else STORED
        yield Use(kind, target.id, function, assignment.block, assignment.line, None, assignment)
    elif isinstance(target, Attribute):
        yield Use(STORED, target.name, function, assignment.block, assignment.line, None, assignment)
    else:
        yield Use(STORED, "", function, assignment.block, assignment.line, None, assignment)


def _given(call: Call) -> Iterator[tuple[int, str, Value]]:
    """Yield the arguments of a call with their index or their keyword."""
    for position, value in enumerate(call.arguments):
        yield position, "", value
    for key, value in call.keywords:
        yield -1, key or "", value


def _is_one(value: Value, names: set[str]) -> bool:
    return isinstance(value, Name) and value.id in names


def _parts(value: Value) -> Iterator[Value]:
    """Yield a value and the values it may hand on as they are; not what a call is given, which is the call's use."""
    stack = [value]
    while stack:
        part = stack.pop()
        yield part
        if isinstance(part, (Choice, Collection)):
            stack.extend(part.values)
        elif isinstance(part, Mapping):
            stack.extend(item for pair in part.items for item in pair if item is not None)
        elif isinstance(part, Starred):
            stack.append(part.value)
        elif isinstance(part, Opaque):
            stack.extend(part.values)
        elif isinstance(part, Subscript):
            stack.append(part.value)
