"""Has an edit changed what a file does, or only moved its lines? Comments, blank lines and docstrings are no facts."""

from __future__ import annotations

from dataclasses import fields
from itertools import pairwise
from typing import TypeAlias

from flake8_celery_async.source.module import Assignment, Block, Call, Class, Function, Import, Leave, Module, Read

Moves: TypeAlias = "dict[int, int]"
"""For each line (1-based) that a fact of the file mentions: the line it has now."""

_LINE: dict[type, int] = {kind: kind._fields.index("line") for kind in (Assignment, Block, Call, Import, Leave, Read)}
"""Where the tuples with a line have it."""
_FIELDS: dict[type, tuple[str, ...]] = {kind: tuple([f.name for f in fields(kind)]) for kind in (Class, Function)}
_LINES = frozenset({"line", "end_line"})


def find_moves(before: Module, after: Module) -> Moves | None:
    """Return where the lines of a file are after an edit; None when the edit has changed more than lines.

    The order of the lines is the same then, and columns are, so all that follows from the facts is as well.
    """
    comparison = _Comparison()
    same = comparison.all_same([*before.functions, *before.classes], [*after.functions, *after.classes])
    if not same or (before.name, before.path, before.is_package) != (after.name, after.path, after.is_package):
        return None
    now = [comparison.lines[line] for line in sorted(comparison.lines)]
    return comparison.lines if all(a < b for a, b in pairwise(now)) else None


class _Comparison:
    """Two modules side by side: the lines of facts that differ in nothing else."""

    def __init__(self) -> None:
        self.lines: Moves = {}
        self._compared: dict[int, object] = {}

    def all_same(self, before: list[object] | tuple[object, ...], after: list[object] | tuple[object, ...]) -> bool:
        return len(before) == len(after) and all(map(self._same, before, after))

    def _same(self, before: object, after: object) -> bool:
        kind = before.__class__
        if kind is not after.__class__:
            return False
        if isinstance(before, tuple) and isinstance(after, tuple):
            # A value is part of other values and a fact of its own.
            if self._compared.get(id(before)) is after:
                return True
            self._compared[id(before)] = after
            line = _LINE.get(kind)
            if line is None:
                return self.all_same(before, after)
            return (
                self._moved(before[line], after[line])
                and self.all_same(before[:line], after[:line])
                and self.all_same(before[line + 1 :], after[line + 1 :])
            )
        if isinstance(before, list) and isinstance(after, list):
            return self.all_same(before, after)
        if isinstance(before, dict) and isinstance(after, dict):
            return self.all_same([*before.items()], [*after.items()])
        if kind in _FIELDS:
            return all(self._same_field(name, before, after) for name in _FIELDS[kind])
        return before == after

    def _same_field(self, name: str, before: object, after: object) -> bool:
        ours, theirs = getattr(before, name), getattr(after, name)
        return self._moved(ours, theirs) if name in _LINES else self._same(ours, theirs)

    def _moved(self, before: int, after: int) -> bool:
        return self.lines.setdefault(before, after) == after
