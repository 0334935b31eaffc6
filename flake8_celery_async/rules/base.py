"""What a rule is given, and what it declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.options import Options

if TYPE_CHECKING:
    from flake8_celery_async.project.graph import Project
    from flake8_celery_async.project.pools import PoolUse
    from flake8_celery_async.source.module import Module


class Context(NamedTuple):
    """What a rule is given: the file to judge and the project it belongs to."""

    module: Module
    project: Project
    options: Options

    @property
    def pools(self) -> tuple[PoolUse, ...]:
        """The pools that are known to run the tasks of the module: what fails under one of them fails."""
        return self.project.pools_of(self.module)

    @property
    def every_pool(self) -> tuple[PoolUse, ...]:
        """All pools that run the tasks of the module; empty when not all of them are known."""
        return self.project.every_pool_of(self.module)


Check = Callable[[Context], Iterator[Report]]


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
