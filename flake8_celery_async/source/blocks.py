"""Questions about where in its function a statement stands."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.source.module import Block, Compare, Constant, Function, Name

_LOOPS = ("for", "async for", "while")


def around(function: Function, block: int) -> Iterator[tuple[int, Block]]:
    """Yield the blocks around a statement with their indexes, innermost first, without the body itself."""
    while block:
        found = function.blocks[block]
        yield block, found
        block = found.parent


def inside(function: Function, block: int, outer: int) -> bool:
    """Say whether a block is another one or stands in it."""
    return block == outer or outer == 0 or any(index == outer for index, _ in around(function, block))


def in_loop(function: Function, block: int) -> bool:
    """Say whether a statement is repeated by a loop of its function."""
    return any(found.kind in _LOOPS for _, found in around(function, block))


def in_finally(function: Function, block: int) -> bool:
    """Say whether a statement stands in a ``finally`` clause of its function."""
    return any(found.kind == "finally" for _, found in around(function, block))


def is_last_act(function: Function, line: int, block: int) -> bool:
    """Say whether a statement is in a ``finally``, or is unconditional with no call or leave after it."""
    if in_finally(function, block):
        return True
    if any(found.kind not in ("with", "async with") for _, found in around(function, block)):
        return False
    return not any(call.line > line for call in function.calls)


def in_main_guard(function: Function, block: int) -> bool:
    """Say whether a statement stands under ``if __name__ == "__main__"``."""
    return any(
        found.kind == "if"
        and isinstance(found.values[0], Compare)
        and found.values[0].operator == "Eq"
        and Name("__name__") in found.values[0].operands
        and Constant("__main__") in found.values[0].operands
        for _, found in around(function, block)
    )
