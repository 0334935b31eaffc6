"""The one memory of a project: what was worked out, with the modules that each answer rests on.

An answer that is asked for while another one is worked out is part of it, so the outer one rests on what the inner one
rests on. When a module is edited, :meth:`Memory.forget` drops what rests on it and nothing else. What an answer rests
on is an int: one bit for each module, and the lowest bits for what is looked up by name in all modules
(:func:`facet`), so that an answer which found nothing rests on something too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeAlias, TypeVar, cast
from zlib import crc32

Rests: TypeAlias = int
"""What an answer rests on: a set of modules and facets, one bit each."""
Known: TypeAlias = "tuple[Any, Rests] | tuple[Any, Rests, object]"
"""An answer and what it rests on; then what must live as long, where the key has only its identity."""
Table: TypeAlias = "dict[Any, Known]"
"""The answers to one question by what was asked of."""

FACETS = 64
"""The bits of facets; those of modules come above."""

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def facet(question: str, name: str) -> Rests:
    """Return the bit that stands for what all modules have under a name; names share the bits that there are."""
    return 1 << crc32(f"{question} {name}".encode("utf-8", "surrogatepass")) % FACETS


class Memory:
    """The answers of one project."""

    def __init__(self) -> None:
        self.rests: Rests = 0
        """What the answer that is being worked out rests on so far."""
        self._tables: defaultdict[Hashable, Table] = defaultdict(dict)
        self._equal: dict[Rests, Rests] = {}
        self._marks: dict[str, Rests] = {}

    def mark(self, path: str) -> Rests:
        """Return the bit of the module of a file; it stays the same when the file is edited."""
        known = self._marks.get(path)
        if known is None:
            known = self._marks[path] = 1 << FACETS + len(self._marks)
        return known

    def table(self, question: Hashable) -> Table:
        """Return the answers to a question; whoever fills it says what they rest on."""
        return self._tables[question]

    def begin(self) -> Rests:
        """Begin an answer, which rests on nothing yet; returns what :meth:`end` is to be given."""
        outer, self.rests = self.rests, 0
        return outer

    def end(self, outer: Rests) -> Rests:
        """End an answer; returns what it rests on, which the one that asked for it rests on too."""
        rests = self.rests
        self.rests = outer | rests
        return self._equal.setdefault(rests, rests)

    def forget(self, changed: Rests) -> int:
        """Drop each answer that rests on any of some modules and facets; returns how many."""
        stale = {rests for rests in self._equal if rests & changed}
        dropped = 0
        for table in self._tables.values():
            gone = [key for key, known in table.items() if known[1] in stale]
            dropped += len(gone)
            for key in gone:
                del table[key]
        self._equal = {rests: rests for rests in self._equal if rests not in stale}
        return dropped

    def recall(self, table: Table, key: Hashable, path: str, work_out: Callable[[], Answer]) -> Answer:
        """Return an answer from a table, worked out where it is not there yet; it rests on a file's module at least."""
        known = table.get(key)
        if known is None:
            outer = self.begin()
            self.rests = self.mark(path)
            made = work_out()
            known = table[key] = made, self.end(outer)
        self.rests |= known[1]
        return cast("Answer", known[0])

    def update(self, question: Hashable, words: frozenset[str], said: Callable[[Any], frozenset[str]]) -> Table:
        """Return the answers to a question that were found with the help of words which all modules together have.

        Of those words an answer looks only at some: ``said`` gives them by what was asked of. Answers that looked at
        a word which came or went since the last update are dropped.
        """
        table, vocabulary = self._tables[question], self._tables[Memory.update, question]
        before = vocabulary.get((), (words, 0))[0]
        changed = words ^ before
        if changed:
            for key in [key for key in table if not changed.isdisjoint(said(key))]:
                del table[key]
        vocabulary[()] = words, 0
        return table


class Remembering(Protocol):
    """What questions are asked of."""

    @property
    def memory(self) -> Memory:
        """Where the answers are remembered."""


def query(work_out: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Remember the answers of a function whose last argument is :class:`Remembering`, by all others.

    The others are hashable, and passed by position. The function depends on nothing but them, facts of modules and
    other questions; it is not asked while a value is evaluated, which a cycle may cut short.
    """

    @wraps(work_out)
    def answer(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        memory: Memory = cast("Remembering", args[-1]).memory
        table, key = memory.table(work_out), args[:-1]
        known = table.get(key)
        if known is not None:
            memory.rests |= known[1]
            return cast("Answer", known[0])
        outer = memory.begin()
        try:
            made = work_out(*args, **kwargs)
        finally:
            rests = memory.end(outer)
        table[key] = made, rests
        return made

    return answer
