"""Objects that several branches of one function make and keep under one name: a process has one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from flake8_celery_async.semantics.resources import Resource
from flake8_celery_async.source.blocks import around
from flake8_celery_async.source.grouping import grouped
from flake8_celery_async.source.module import Block, Call, Compare, Function, Value
from flake8_celery_async.source.origins import Place

_OF_TESTS = re.compile(r"(?<![a-z])(py)?test(s|ing|ed)?(?![a-z])", re.IGNORECASE)
"""A word by which code asks whether it is being tested."""
_NEGATIVE = frozenset({"IsNot", "Not", "NotEq", "NotIn"})


def spare(resources: Iterable[Resource]) -> frozenset[Place]:
    """Return those of some objects that stand for the same one as another of them, by where they are made.

    Of those that branches of one ``if`` keep under one name it is the first that stays, but for those of a branch that
    only tests take.
    """
    kept = {resource.place: resource for resource in resources if resource.hold is not None}
    found: set[Place] = set()
    for _, made in sorted(grouped(kept.values(), _name).items(), key=lambda item: min(r.place for r in item[1])):
        if len(made) > 1 and _name(made[0]) is not None:
            found |= _spare(sorted(made, key=lambda resource: (_is_of_tests(resource), resource.place)))
    return frozenset(found)


def _spare(made: list[Resource]) -> set[Place]:
    first, *others = made
    return {other.place for other in others if _are_of_two_branches(first, other)}


def _name(resource: Resource) -> tuple[Function, str, str] | None:
    """Return what objects have in common that one function keeps under one name; None for entries of a container."""
    hold, frame = resource.hold, resource.made.frame
    if hold is None or frame is None or hold.kind in ("cache", "container"):
        return None
    return frame.function, hold.kind, hold.name


def _are_of_two_branches(one: Resource, other: Resource) -> bool:
    """Say whether two objects of one function are made in the ``if`` and in the ``else`` of one test."""
    first, second = dict(_around(one)), dict(_around(other))
    return any(
        block.kind == "else" and index not in rest and block.peer in rest
        for blocks, rest in ((first, second), (second, first))
        for index, block in blocks.items()
    )


def _is_of_tests(resource: Resource) -> bool:
    """Say whether an object is made in a branch that only tests take."""
    return any(
        block.kind in ("if", "else") and _asks_for_tests(block.values[0]) is (block.kind == "if")
        for _, block in _around(resource)
    )


def _around(resource: Resource) -> Iterator[tuple[int, Block]]:
    frame, call = resource.made.frame, resource.made.call
    return around(frame.function, call.block) if frame is not None and call is not None else iter(())


def _asks_for_tests(test: Value) -> bool | None:
    """Return what a test gives while the code is being tested; None where it asks something else."""
    if not any(_OF_TESTS.search(word) for word in _words(test)):
        return None
    return not (isinstance(test, Compare) and test.operator in _NEGATIVE)


def _words(value: object) -> Iterator[str]:
    """Yield the names and the texts in an expression."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Call):
        yield from _words((value.function, value.arguments, value.keywords))
    elif isinstance(value, tuple):
        for part in value:
            yield from _words(part)
