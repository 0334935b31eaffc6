"""Questions about where in its function a statement stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flake8_celery_async.source.grouping import grouped
from flake8_celery_async.source.module import Block, Call, Compare, Constant, Function, Name, Value, of_facts

LOOPS = ("for", "async for", "while")
"""Kinds of blocks whose statements are repeated."""


def around(function: Function, block: int) -> Iterator[tuple[int, Block]]:
    """Yield the blocks around a statement with their indexes, innermost first, without the body itself."""
    while block:
        found = function.blocks[block]
        yield block, found
        block = found.parent


def inside(function: Function, block: int, outer: int) -> bool:
    """Say whether a block is another one or stands in it."""
    first, last = _extents(function)[outer]
    return first <= _extents(function)[block][0] <= last


def always_after(function: Function, first: Call, second: Call) -> bool:
    """Say whether a call is made only after another one has returned, unless that stands in a loop without turns."""
    block = first.block
    while in_loop(function, block):
        block = function.blocks[block].parent
    return (first.line, first.column) < (second.line, second.column) and inside(function, second.block, block)


def in_loop(function: Function, block: int) -> bool:
    """Say whether a statement is repeated by a loop of its function."""
    return block in _in_loops(function)


def in_finally(function: Function, block: int) -> bool:
    """Say whether a statement stands in a ``finally`` clause of its function."""
    return block in _in_finally(function)


def is_last_act(function: Function, line: int, block: int, about: Value | None = None) -> bool:
    """Say whether a statement is in a ``finally``, or is unconditional with no call or leave after it.

    A test whether there is such an object at all is no condition of what is done with it: ``if about: about.close()``.
    """
    if in_finally(function, block):
        return True
    if about is not None and block and asks_for(function.blocks[block], about):
        block = function.blocks[block].parent
    return block in _unconditional(function) and line >= _last_call(function)


def asks_for(block: Block, about: Value) -> bool:
    """Say whether a block runs only where there is such an object: ``if about:``, ``if about is not None:``."""
    if block.kind != "if":
        return False
    test = block.values[0]
    if isinstance(test, Compare) and test.operator == "IsNot" and test.operands[1:] == (Constant(None),):
        test = test.operands[0]
    return test == about


def in_main_guard(function: Function, block: int) -> bool:
    """Say whether a statement stands under ``if __name__ == "__main__"``."""
    return block in _guarded(function)


def under(function: Function, wanted: Callable[[Block], bool]) -> frozenset[int]:
    """Return the blocks that are of a kind or stand in one; the body itself is of no kind."""
    found: set[int] = set()
    for index, block in enumerate(function.blocks):  # a block comes after the one around it
        if index and (block.parent in found or wanted(block)):
            found.add(index)
    return frozenset(found)


@of_facts
def parts(function: Function) -> dict[int, list[int]]:
    """Return the blocks that stand directly in each block."""
    return grouped(range(1, len(function.blocks)), lambda index: function.blocks[index].parent)


@of_facts
def handlers_of(function: Function) -> dict[int, list[int]]:
    """Return the ``except`` blocks of each ``try``."""
    handlers = [index for index, block in enumerate(function.blocks) if block.kind == "except"]
    return grouped(handlers, lambda index: function.blocks[index].peer)


@of_facts
def _extents(function: Function) -> list[tuple[int, int]]:
    """Return for each block its number in a walk from the outside in, and the last number in it."""
    blocks = function.blocks
    counts = [1] * len(blocks)
    for index in range(len(blocks) - 1, 0, -1):
        counts[blocks[index].parent] += counts[index]
    made = [(0, counts[0] - 1)] * len(blocks)
    free = [1] * len(blocks)
    for index in range(1, len(blocks)):
        parent = blocks[index].parent
        first = free[parent]
        free[parent] = first + counts[index]
        free[index] = first + 1
        made[index] = (first, first + counts[index] - 1)
    return made


@of_facts
def last_lines(function: Function) -> list[int]:
    """Return for each block the line of the last call, binding, read or leave in it; 0 for an empty one."""
    lines = [0] * len(function.blocks)
    for found in (function.calls, function.assignments, function.leaves, function.touches):
        for fact in found:
            lines[fact.block] = max(lines[fact.block], fact.line)
    for index in range(len(lines) - 1, 0, -1):  # a block comes after the one around it
        parent = function.blocks[index].parent
        lines[parent] = max(lines[parent], lines[index])
    return lines


@of_facts
def _in_loops(function: Function) -> frozenset[int]:
    return under(function, lambda block: block.kind in LOOPS)


@of_facts
def _in_finally(function: Function) -> frozenset[int]:
    return under(function, lambda block: block.kind == "finally")


@of_facts
def _unconditional(function: Function) -> frozenset[int]:
    """Return the body and the blocks around which there is nothing but ``with``."""
    conditional = under(function, lambda block: block.kind not in ("with", "async with"))
    return frozenset(range(len(function.blocks))) - conditional


@of_facts
def _last_call(function: Function) -> int:
    return max([call.line for call in function.calls], default=0)


@of_facts
def _guarded(function: Function) -> frozenset[int]:
    return under(function, _is_main_guard)


def _is_main_guard(block: Block) -> bool:
    return (
        block.kind == "if"
        and isinstance(block.values[0], Compare)
        and block.values[0].operator == "Eq"
        and Name("__name__") in block.values[0].operands
        and Constant("__main__") in block.values[0].operands
    )


def calls_in(function: Function, block: int) -> Iterator[Call]:
    """Yield the calls that stand in a block, or in one inside it, block by block."""
    waiting = [block]
    while waiting:
        current = waiting.pop()
        yield from _calls_by_block(function).get(current, ())
        waiting.extend(parts(function).get(current, ()))


@of_facts
def _calls_by_block(function: Function) -> dict[int, list[Call]]:
    return grouped(function.calls, lambda call: call.block)
