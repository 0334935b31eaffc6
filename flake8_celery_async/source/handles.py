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
    nested,
    of_facts,
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


class _Uses(NamedTuple):
    """What a function does with each name and each call, in the order in which it is told: uses with their rank."""

    of_names: dict[str, list[tuple[int, Use]]]
    of_calls: dict[int, list[Use]]
    """By the identity of the call whose result it is."""
    aliases: dict[str, list[tuple[int, Assignment]]]
    """The plain assignments whose value may be what a name holds, with their index."""
    stored: dict[int, list[Assignment]]
    """The assignments of what a call returns, by its identity."""
    returned: dict[int, list[Use]]


def follow(module: Module, function: Function, call: Call) -> Handle:
    """Return what a function does with the result of one of its calls; module-level names count as stored."""
    names: set[str] = set()
    uses = list(_of_value(function, call, names))
    if call.use in (ENTERED, ASYNC_ENTERED):
        uses.append(Use(WAITED, call.use, function, call.block, call.line, call))
    if uses:
        return Handle(frozenset(names), (*uses, *follow_names(module, function, names)))
    return _of_names(module, function, frozenset(names))


def _of_names(module: Module, function: Function, names: frozenset[str]) -> Handle:
    """Return what a function does with names; the same object for the same names, however many calls they hold."""
    known = _handles(function)
    if names not in known:
        grown = set(names)
        uses = tuple(follow_names(module, function, grown))
        known[names] = Handle(frozenset(grown), uses)
    return known[names]


@of_facts
def _handles(function: Function) -> dict[frozenset[str], Handle]:
    """Return the handles that are known by their names; it is filled as they are asked for."""
    return {}


def follow_names(module: Module, function: Function, names: set[str]) -> list[Use]:
    """Return the uses of names in their function and the functions nested in it; ``names`` grows by their aliases."""
    aliases = _uses(function).aliases
    bound: dict[int, list[Use]] = {}
    waiting = list(names)
    while waiting:
        for position, assignment in aliases.get(waiting.pop(), ()):
            if position not in bound and not _is_one(assignment.target, names):
                bound[position] = list(_bind(function, assignment, names))
                if isinstance(assignment.target, Name):
                    waiting.append(assignment.target.id)
    uses = [use for position in sorted(bound) for use in bound[position]]
    for scope in _scopes(module, function, names):
        uses.extend(_in_scope(scope, names))
    return uses


def unseen(function: Function, handle: Handle) -> bool:
    """Say whether the function reads the names in ways that no use tells of: tests, subscripts, ``await tasks[0]``."""
    reads = sum(function.reads.get(name, 0) for name in handle.names)
    aliases = {position for name in handle.names for position, _ in _uses(function).aliases.get(name, ())}
    return reads > len(aliases) + sum(use.function is function and use.kind != STORED for use in handle.uses)


def _scopes(module: Module, function: Function, names: set[str]) -> Iterator[Function]:
    """Yield the function and the scopes nested in it that see its names."""
    yield function
    yield from nested(module, function, lambda scope: names.isdisjoint(scope.bindings))


def _in_scope(function: Function, names: set[str]) -> list[Use]:
    """Return the uses of names in one scope in order; a leave that mentions two of them is one use."""
    of_names = _uses(function).of_names
    found = {rank: use for name in names for rank, use in of_names.get(name, ())}
    return [found[rank] for rank in sorted(found)]


def _of_value(function: Function, call: Call, names: set[str]) -> Iterator[Use]:
    """Yield what is done with the result of a call where it stands; the names it is assigned to are added."""
    if call.use in (CALLED, STATEMENT):
        return
    uses = _uses(function)
    if call.use in (ARGUMENT, ATTRIBUTE, COLLECTED, OPERAND):
        yield from uses.of_calls.get(id(call), ())
    for assignment in uses.stored.get(id(call), ()):
        yield from _bind(function, assignment, names)
    yield from uses.returned.get(id(call), ())


@of_facts
def _uses(function: Function) -> _Uses:
    """Return the uses of everything in one function."""
    found = _Uses({}, {}, {}, {}, {})
    rank = 0

    def add(owner: Value, use: Use) -> None:
        if isinstance(owner, Name):
            found.of_names.setdefault(owner.id, []).append((rank, use))
        elif isinstance(owner, Call):
            found.of_calls.setdefault(id(owner), []).append(use)

    for call in function.calls:
        for owner, use in _in_call(function, call):
            rank += 1
            add(owner, use)
    for read in function.touches:
        if read.use != ARGUMENT and isinstance(read.value, Attribute) and isinstance(read.value.value, Name):
            rank += 1
            add(read.value.value, Use(BOUND, read.value.name, function, read.block, read.line))
    for position, assignment in enumerate(function.assignments):
        _in_assignment(found, position, assignment)
        if assignment.via in ("for", "async for", "with", "async with") and isinstance(assignment.value, Name):
            rank += 1
            add(assignment.value, Use(WAITED, assignment.via, function, assignment.block, assignment.line))
    for leave in function.leaves:
        rank += 1
        use = Use(GIVEN, leave.kind, function, leave.block, leave.line)
        for part in {id(part): part for part in _parts(leave.value)}.values():
            if isinstance(part, Name):
                add(part, use)
            elif isinstance(part, Call):
                found.returned.setdefault(id(part), []).append(use)
    for read in function.awaits:
        if isinstance(read.value, Name):
            rank += 1
            add(read.value, Use(WAITED, read.use, function, read.block, read.line))
    return found


def _in_call(function: Function, call: Call) -> Iterator[tuple[Value, Use]]:
    """Yield the values that a call uses, with how."""
    callee = call.function
    if isinstance(callee, Attribute):
        yield callee.value, Use(METHOD, callee.name, function, call.block, call.line, call)
    for position, key, value in _given(call):
        for part in _parts(value):
            if isinstance(part, (Name, Call)):
                yield part, Use(PASSED, key, function, call.block, call.line, call, None, position)
            elif isinstance(part, Attribute):
                yield part.value, Use(BOUND, part.name, function, call.block, call.line, call)


def _in_assignment(found: _Uses, position: int, assignment: Assignment) -> None:
    """Enter an assignment under the names and the calls whose values it may store."""
    names: set[str] = set()
    for part in _parts(assignment.value):
        if isinstance(part, Name) and assignment.via == "=" and part.id not in names:
            names.add(part.id)
            found.aliases.setdefault(part.id, []).append((position, assignment))
        elif isinstance(part, Call):
            found.stored.setdefault(id(part), []).append(assignment)


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
