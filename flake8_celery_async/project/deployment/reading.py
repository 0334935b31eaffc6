"""The reading of one file: what may still be worked out of it, and why not all of it was read.

Variables made of variables, merge keys and aliases make a text of any length from a few lines. So what is made is
counted while it is made, for the whole file together, and what may be made grows with the file: however a file is
written, reading it takes no longer than its size allows.
"""

from __future__ import annotations

from typing import Final, NamedTuple

_BASE = 100_000
_PER_CHARACTER = 30
"""Units that a file may spend, and that each of its characters adds. Making a character takes about one unit."""
STEP: Final = 24
"""Units of a step that makes nothing by itself: a node looked at, a part of a text put in its place."""
_MOST_BROKEN = 12

TOO_LARGE: Final = "the file is not read: it is larger than 256 kB"
TOO_MUCH: Final = (
    "not all of the file is read: its variables, aliases or merge keys expand too far, or too much is on one line"
)
TOO_DEEP: Final = "not all of the file is read: it nests too deep"
TOO_BROKEN: Final = "not all of the file is read: too much of it is not in the syntax of such a file"
FAULTY: Final = "the file is not read to its end: it could not be understood"


class Unread(NamedTuple):
    """A file of which not everything was read, so that it may start workers that nobody sees."""

    path: str
    reason: str


class Stopped(Exception):
    """The rest of the file is not read; the argument is the reason."""


class Reading:
    """A file that is being read."""

    __slots__ = ("_broken", "_left", "path", "reasons")

    def __init__(self, path: str, size: int) -> None:
        """``path`` is relative to the project root; ``size`` is the length of the text in characters."""
        self.path = path
        self.reasons: dict[str, None] = {}
        """Why not everything is read, each once; empty when it is."""
        self._left = _BASE + _PER_CHARACTER * size
        self._broken = 0

    def spend(self, units: int) -> None:
        """Count what is made, before or right after it is; raises :class:`Stopped` when the file has spent it all."""
        self._left -= units
        if self._left < 0:
            raise Stopped(TOO_MUCH)

    def note_broken(self, pieces: int) -> None:
        """Count what its grammar could not take whole, in pieces of a common length: it takes long for such pieces.

        Raises :class:`Stopped`.
        """
        self._broken += pieces
        if self._broken > _MOST_BROKEN:
            raise Stopped(TOO_BROKEN)

    def pass_over(self, reason: str) -> None:
        """Keep in mind that something was passed over."""
        self.reasons[reason] = None
