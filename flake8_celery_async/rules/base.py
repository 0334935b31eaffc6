"""What a rule declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flake8_celery_async.finding import Report, Severity

if TYPE_CHECKING:
    from flake8_celery_async.linter import Context

Check = Callable[["Context"], Iterator[Report]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One code of the catalogue: everything that is known about it, in one value.

    ``page`` is the Markdown of the rule's documentation (the docstring of its module); the README table, the pages
    in ``docs/rules`` and the tests of the examples are derived from it.
    """

    code: str
    """``CAX`` and two digits; keeps its meaning for ever."""
    slug: str
    """The rule's name in words, such as ``async-task``."""
    severity: Severity
    summary: str
    """One sentence for tables."""
    page: str
    check: Check
    opt_in: str = ""
    """What ``cax-enable = <code>`` adds; empty when the rule is wholly on by default."""
