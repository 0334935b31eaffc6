"""Is a statement made good by another one on every way out of the function?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flake8_celery_async.source.blocks import around, handlers_of, in_finally, inside
from flake8_celery_async.source.module import Attribute, Block, Collection, Function, Name, Value

_BROAD = frozenset({"Exception", "BaseException"})


class Spot(NamedTuple):
    """Where a statement stands."""

    block: int
    line: int


class Cures:
    """The statements of a function that make another one good."""

    def __init__(self, function: Function, spots: Iterable[Spot]) -> None:
        self.spots = tuple(spots)
        self._tries = {
            block.peer
            for spot in self.spots
            if in_finally(function, spot.block)
            for _, block in around(function, spot.block)
            if block.kind == "finally"
        }

    def in_finally_of(self, function: Function, risk: Spot) -> bool:
        """Say whether one of them stands in the ``finally`` of a ``try`` around the risk."""
        return bool(self._tries) and any(
            index in self._tries or (block.kind in ("except", "try else") and block.peer in self._tries)
            for index, block in around(function, risk.block)
        )


def after_success(function: Function, risk: Spot, cures: Cures, returned: bool) -> bool:
    """Say whether a cure follows when the risky statement succeeds; ``returned``: its value is returned at once."""
    if cures.in_finally_of(function, risk):
        return True
    if returned:
        return False
    for leave in function.leaves:
        if leave.kind != "return" or leave.line <= risk.line or not _follows(function, risk.block, leave.block):
            continue
        spot = Spot(leave.block, leave.line)
        if not cures.in_finally_of(function, spot) and not any(
            _comes_between(function, risk, cure, spot) for cure in cures.spots
        ):
            return False
        if inside(function, risk.block, leave.block):
            return True  # it always leaves here
    end = Spot(0, function.end_line + 1)
    return any(_comes_between(function, risk, cure, end) for cure in cures.spots)


def after_error(function: Function, risk: Spot, cures: Cures, broad: frozenset[str] = _BROAD) -> bool:
    """Say whether a cure follows when the risky statement raises.

    ``broad`` are the exception names of which a handler must catch one; a bare ``except`` always counts.
    """
    if cures.in_finally_of(function, risk):
        return True
    for index, block in around(function, risk.block):
        if block.kind != "try":
            continue
        for handler in handlers(function, index):
            if not catches(function.blocks[handler], broad):
                continue
            if any(inside(function, cure.block, handler) for cure in cures.spots):
                return True
            if any(inside(function, leave.block, handler) for leave in function.leaves if leave.kind != "yield"):
                break  # it leaves: only an outer ``try`` can still help
            return any(
                cure.line > risk.line
                and not inside(function, cure.block, index)
                and inside(function, index, _unconditional(function, cure.block))
                for cure in cures.spots
            )
    return False


def handlers(function: Function, attempt: int) -> Iterator[int]:
    """Yield the ``except`` blocks of a ``try``."""
    yield from handlers_of(function).get(attempt, ())


def catches(handler: Block, names: frozenset[str]) -> bool:
    """Say whether an ``except`` names one of the exceptions (by the last part of their names), or all of them."""
    return not handler.values or any(name in names for value in handler.values for name in _last_names(value))


def _last_names(value: Value) -> Iterator[str]:
    if isinstance(value, Name):
        yield value.id
    elif isinstance(value, Attribute):
        yield value.name
    elif isinstance(value, Collection):
        for part in value.values:
            yield from _last_names(part)


def _comes_between(function: Function, risk: Spot, cure: Spot, leave: Spot) -> bool:
    """Say whether the cure is met on the way from the risk to where the function is left."""
    if not risk.line <= cure.line <= leave.line:
        return False
    block = _unconditional(function, cure.block)
    if inside(function, leave.block, block) or _in_else_of(function, risk.block, block):
        return True
    return leave.block == 0 and inside(function, risk.block, block)


def _in_else_of(function: Function, risk: int, cure: int) -> bool:
    """Say whether the cure stands in the ``else`` of a ``try`` around the risk."""
    found = function.blocks[cure]
    return found.kind == "try else" and inside(function, risk, found.peer)


def _follows(function: Function, risk: int, later: int) -> bool:
    """Say whether a later block can be reached when the risk succeeded: not by its handlers, not in another branch."""
    for _, block in around(function, later):
        if block.kind in ("else", "except") and inside(function, risk, block.peer):
            return False
        if block.kind == "case" and any(b.kind == "case" and b.line != block.line for _, b in around(function, risk)):
            return False
    return True


def _unconditional(function: Function, block: int) -> int:
    """Return the nearest block around that is not the ``if`` of a guard such as ``if not loop.is_closed():``."""
    while function.blocks[block].kind == "if" and block:
        block = function.blocks[block].parent
    return block
