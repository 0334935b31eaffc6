"""Delta debugging, simple: leave out files, then damage, then lines, as long as the failure stays the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from inputs import Input

_Item = TypeVar("_Item")
Fails = Callable[[Input], bool]


def minimise(given: Input, fails: Fails) -> Input:
    """Return a smaller input of which ``fails`` is still true; it is asked a few hundred times at most."""
    fails = _at_most(300, fails)
    paths = _fewer(sorted(given.files), lambda kept: fails(replace(given, files={p: given.files[p] for p in kept})))
    given = replace(given, files={path: given.files[path] for path in paths})
    damage = given.damage
    if damage:
        given = replace(
            given, damage=_fewer(list(damage), lambda kept: bool(kept) and fails(replace(given, damage=kept)))
        )
    for path in paths:
        lines = given.files[path].splitlines(keepends=True)
        lines = _fewer(lines, lambda kept: fails(_with(given, path, kept)))  # noqa: B023 - asked at once
        given = _with(given, path, lines)
    return given


def _with(given: Input, path: str, lines: Sequence[str]) -> Input:
    return replace(given, files={**given.files, path: "".join(lines)})


def _fewer(items: list[_Item], fails: Callable[[list[_Item]], bool]) -> list[_Item]:
    """Leave out ever smaller runs of items."""
    size = len(items)
    while size:
        start = 0
        while start < len(items):
            fewer = items[:start] + items[start + size :]
            if fails(fewer):
                items = fewer
            else:
                start += size
        size //= 2
    return items


def _at_most(count: int, fails: Fails) -> Fails:
    """Say no after a number of questions."""
    left = [count]

    def asked(given: Input) -> bool:
        left[0] -= 1
        return left[0] >= 0 and fails(given)

    return asked
