"""Where a long shell script is divided, so that each piece means by itself what it means in the script.

That is never within quotes or a here-document: what stands there is no command, and would be read as one. What is open
at each line end is told without a grammar, in one pass.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

LONGEST = 4_000
"""Characters that a piece has at most where the script lets it."""
FURTHEST = 16_000
"""Characters after which a piece ends wherever it is: what is in no syntax costs a parser the square of its length."""
SHORTEST = 1_000
"""Characters of a piece before which no end is looked for."""


class End(IntEnum):
    """What a script is divided at, the best first."""

    OUTSIDE = 0
    """The end of the script, or a line that goes on with nothing before it."""
    BETWEEN = 1
    """A line that may belong to the same function, loop or condition as those before it."""
    WITHIN = 2
    """A place in a line, in quotes or in a here-document: what follows is not what it seems."""


class Piece(NamedTuple):
    """A part of a script, between two offsets."""

    start: int
    stop: int
    end: End


_TOKEN = re.compile(
    r"""
    \\.                                                   # what is escaped, a line end too
    | \$'(?:[^'\\]|\\.)*' | '[^']*' | "(?:[^"\\]|\\.)*"
    | (?P<open>['"])                                      # that nothing closes
    | <<<
    | <<-?[ \t]*(?P<quote>['"]?)\\?(?P<word>[A-Za-z_][\w.-]*)(?P=quote)
    | (?<![^\s;&|()])\#[^\n]*
    | (?P<line_end>\n)
    """,
    re.VERBOSE | re.DOTALL,
)
_GOES_ON = re.compile(r"[\s})]|(?:then|do|else|elif|fi|done|esac)\b|;;")
"""What a line begins with that belongs to the lines before it."""


def divided(script: str) -> Iterator[Piece]:
    """Yield the pieces of a script, in their order; one for a script that is not long."""
    ends = [*_line_ends(script)] if len(script) > LONGEST else []
    outside = [end for end in ends if _GOES_ON.match(script, end) is None]
    start = 0
    while start < len(script):
        stop, end = _end(start, outside, ends, len(script))
        yield Piece(start, stop, end)
        start = stop


def _end(start: int, outside: list[int], between: list[int], length: int) -> tuple[int, End]:
    """Return where the piece that begins at an offset ends: as near to the usual length as it can."""
    if length - start <= LONGEST:
        return length, End.OUTSIDE
    for ends, end in ((outside, End.OUTSIDE), (between, End.BETWEEN)):
        place = bisect_right(ends, start + LONGEST) - 1
        if place >= 0 and ends[place] >= start + SHORTEST:
            return ends[place], end
        place = bisect_left(ends, start + SHORTEST)
        if place < len(ends) and ends[place] <= start + FURTHEST:
            return ends[place], end
        if end is End.OUTSIDE and length - start <= FURTHEST:
            return length, end
    return start + LONGEST, End.WITHIN


def _line_ends(script: str) -> Iterator[int]:
    """Yield the offsets of the lines before which nothing is open."""
    lines = _Lines(script)
    awaited: list[str] = []
    place = 0
    while (found := _TOKEN.search(script, place)) is not None:
        place = found.end()
        if found["open"]:
            return
        if found["word"] and lines.end(found["word"], place) is not None:
            awaited.append(found["word"])
        elif found["line_end"]:
            for word in awaited:
                place = lines.end(word, place) or place
            awaited = []
            yield place


class _Lines:
    """The lines of a script, by what they hold."""

    def __init__(self, script: str) -> None:
        self._starts: dict[str, list[int]] = {}
        place = 0
        for line in script.split("\n"):
            self._starts.setdefault(line.strip("\t"), []).append(place)
            place += len(line) + 1
        self._script = script

    def end(self, text: str, place: int) -> int | None:
        """Return where the first line ends that holds just a text and begins at an offset or after it."""
        starts = self._starts.get(text, [])
        index = bisect_left(starts, place)
        return self._script.find("\n", starts[index]) + 1 or len(self._script) if index < len(starts) else None
