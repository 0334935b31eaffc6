"""Text that knows the lines it was written on, and marks for what a file does not show."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from flake8_celery_async.project.deployment.reading import STEP

UNKNOWN = "\ue000"
"""Stands in a text for something that the file does not show: a variable from outside, the output of a command."""
MANY = "\ue001"
"""The same where it may be any number of words, also none: ``$OPTIONS`` without quotes, ``"$@"``."""

_DEFAULT = re.compile(r"""\bdefault[\s(]+(?:"([^"\n]*)"|'([^'\n]*)')""")
"""``{{ .Values.pool | default "solo" }}``, ``{{ default "solo" .Values.pool }}``, ``{{ pool | default('solo') }}``."""

_OPENING = re.compile(r"\{[{%#]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_LINE_END = re.compile(r"\s*?(?=\n|\Z)")


@dataclass(frozen=True, slots=True)
class Text:
    """A string with the line of the file each of its parts comes from."""

    value: str
    parts: tuple[tuple[int, int], ...]
    """Where a part begins in ``value``, and its line, 1-based; in order."""

    @staticmethod
    def of(pieces: Iterable[tuple[str, int]]) -> Text:
        """Put together pieces, each with its line."""
        value: list[str] = []
        parts: list[tuple[int, int]] = []
        length = 0
        for piece, line in pieces:
            if not parts or (piece and line != parts[-1][1]):
                parts.append((length, line))
            value.append(piece)
            length += len(piece)
        return Text("".join(value), tuple(parts))

    @property
    def cost(self) -> int:
        """Units of :mod:`.reading` that making this text once more takes."""
        return len(self.value) + STEP * len(self.parts)

    def line(self, offset: int = 0) -> int:
        """Return the line of the character at an offset."""
        return self.parts[max(bisect_right(self.parts, (offset, 1 << 60)) - 1, 0)][1] if self.parts else 1

    def cut(self, start: int, end: int) -> Text:
        """Return the text between two offsets."""
        first = max(bisect_right(self.parts, (start, 1 << 60)) - 1, 0)
        last = bisect_right(self.parts, (end, -1))
        parts = [(max(begin - start, 0), line) for begin, line in self.parts[first:last]]
        return Text(self.value[start:end], tuple(parts))

    def pieces(self) -> list[tuple[str, int]]:
        """Return the parts with their lines."""
        ends = [*[begin for begin, _ in self.parts[1:]], len(self.value)]
        return [(self.value[begin:end], line) for (begin, line), end in zip(self.parts, ends)]


def joined(texts: Iterable[Text]) -> Text:
    """Return texts one after the other."""
    return Text.of([piece for text in texts for piece in text.pieces()])


def clean(text: str) -> str:
    """Return the text of a file with one kind of line ends and without characters that mean something here."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "?")
    return text.replace(UNKNOWN, "?").replace(MANY, "?").encode("utf-8", "replace").decode("utf-8")


def lines_of(text: str) -> list[tuple[str, int]]:
    """Return the lines of a text without their ends, each with its number, 1-based."""
    return [(line, number) for number, line in enumerate(text.split("\n"), 1)]


def without_templates(text: str) -> str:
    """Return a text whose ``{{ … }}``, ``{% … %}`` and ``{# … #}`` are marked as unknown, on the same lines.

    A line that is all template becomes empty: it is a condition, a loop, or brings in what the file does not show. A
    default that is written out counts as the value.
    """
    found: list[str] = []
    done = 0
    while (opening := _OPENING.search(text, done)) is not None:
        opened, kind = opening.start(), opening[0]
        closed = text.find(_CLOSING[kind], opened + 2)
        if closed < 0:
            break
        inside = text[opened + 2 : closed]
        default = _DEFAULT.search(inside[:500]) if kind == "{{" else None
        value = UNKNOWN if kind == "{{" else ""
        if default is not None and (default[1] or default[2]):
            value = default[1] or default[2]
        if text[opened - 1 : opened] == "$":  # ``${{ env.POOL }}`` of a workflow
            opened -= 1
        before, line_end, on_line = text[done:opened].rpartition("\n")
        begins = not on_line.strip() and (line_end != "" or done == 0)
        alone = begins and _LINE_END.match(text, closed + 2) is not None
        found += [before, line_end, on_line, "" if alone else value, "\n" * inside.count("\n")]
        done = closed + 2
    return "".join([*found, text[done:]])
