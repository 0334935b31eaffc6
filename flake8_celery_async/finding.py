"""What the linter says: a finding, the report a rule makes of it, and how severe a rule is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from flake8_celery_async.project.evidence import Evidence


def printable(text: str) -> str:
    """Return a text as one line that any terminal may show; what is no printable character is escaped as in a literal.

    So are line ends, other control characters, marks of direction and lone surrogates. Other alphabets stay.
    """
    if text.isprintable():
        return text
    return "".join([c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text])


class Severity(Enum):
    """How sure and how bad; metadata for the documentation, it never changes what is reported."""

    ERROR = "error"
    """Fails at run time whenever the line is reached; proven on a real worker."""
    HAZARD = "hazard"
    """Fails in a combination the linter has evidence for."""
    ADVICE = "advice"
    """Works, but is wasteful or fragile."""


class Report(NamedTuple):
    """What a rule yields: a place in the file being linted and the sentence to say about it.

    ``line`` is 1-based; ``column`` is a 0-based UTF-8 byte offset, as in :mod:`ast`.
    """

    line: int
    column: int
    message: str
    evidence: Evidence | None = None
    """What ``flake8-celery-async why`` shows: how a worker gets there, and the other half where there is one."""


class Finding(NamedTuple):
    """What flake8 is given: ``line`` is 1-based, ``column`` a 0-based character offset."""

    line: int
    column: int
    code: str
    message: str
    """One line of printable characters."""

    def moved(self, path: str, lines: Mapping[int, int]) -> Finding:
        """Return the finding after lines of its file, ``path``, have moved; ``lines`` says where to.

        A message names a line as ``app/db.py:12``, or as ``line 12`` for one of the same file. Raises :exc:`KeyError`
        for a line that is not known.
        """

        def now(found: re.Match[str]) -> str:
            return f"{found[1]}{lines[int(found[2])]}"

        message = re.sub(rf"((?<![\w./-]){re.escape(printable(path))}:|\bline )(\d{{1,9}})(?!\d)", now, self.message)
        return self._replace(line=lines[self.line], message=message)
