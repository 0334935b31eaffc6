"""The attributes that a function reads: where one is a property, reading it calls a function."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.source.module import (
    ATTRIBUTE,
    Attribute,
    Await,
    Call,
    Constant,
    Function,
    Module,
    Name,
    Starred,
    Subscript,
    Value,
    of_facts,
)


@of_facts
def attribute_reads(function: Function) -> tuple[Call, ...]:
    """Return the attributes that a function reads, each once in a block, as calls without arguments.

    Such a call stands where the attribute does, or the call around it; ``function`` of it is the attribute.
    """
    found: dict[tuple[Attribute, int], Call] = {}
    for value, block, line, column in _values(function):
        for attribute in _chain(value):
            if (attribute, block) not in found:
                found[attribute, block] = Call(attribute, (), (), ATTRIBUTE, block, line, column)
    return tuple(found.values())


@of_facts
def attribute_names(module: Module) -> frozenset[str]:
    """Return the names of all attributes that a module reads or calls, also those that ``getattr`` is given."""
    found: set[str] = set()
    for function in module.functions:
        found.update([read.value.name for read in function.touches if isinstance(read.value, Attribute)])
        for call in function.calls:
            if isinstance(call.function, Attribute):
                found.add(call.function.name)
            elif call.function == Name("getattr"):
                found.update([str(a.value) for a in call.arguments if isinstance(a, Constant)])
    return frozenset(found)


def _values(function: Function) -> Iterator[tuple[Value, int, int, int]]:
    """Yield what may be an attribute, or have one inside, with its block and place."""
    for read in (*function.touches, *function.awaits):
        yield read.value, read.block, read.line, read.column
    for call in function.calls:
        called = call.function
        if isinstance(called, (Attribute, Subscript)):  # what is called itself is no property, but for its result
            yield called.value, call.block, call.line, call.column


def _chain(value: Value) -> Iterator[Attribute]:
    """Yield the attributes of ``a.b[0].c``, outermost first; calls inside have facts of their own."""
    while isinstance(value, (Attribute, Subscript, Await, Starred)):
        if isinstance(value, Attribute):
            yield value
        value = value.value
