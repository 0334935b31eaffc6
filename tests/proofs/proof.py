"""What a proof is: a program, the tasks that are sent to it, and what must be seen on a real worker.

The program of a rule's proof is the code of its page. What is seen of one call is one line of text:

- ``ok 7``: the task succeeded; its result as JSON, nothing for ``None``;
- ``RuntimeError: Event loop is closed``: it failed; the exception's type and text;
- ``hang``: it began and did not end;
- ``not started``: no process took it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

HANG = "hang"
NOT_STARTED = "not started"
NOT_OK = "not ok"


@dataclass(frozen=True, slots=True)
class Send:
    """Tasks to send: the task's name with its module, its arguments, how often; ``together`` all at once."""

    task: str
    args: tuple[Any, ...] = ()
    times: int = 1
    together: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What must be seen of a program. Every text is a literal part of what is really seen.

    ``calls`` speaks of consecutive calls in one process; a process with fewer calls shows only the first of them.
    ``some`` speaks of calls at once: each part is seen in one call at least. ``NOT_OK`` in them stands for any failure
    or hang, where chance decides which.
    ``leaks`` is how many descriptors each further call leaves open at least; 0 says that none stays open.
    """

    calls: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    log: tuple[str, ...] = ()
    never_log: tuple[str, ...] = ()
    leaks: int | None = None


@dataclass(frozen=True, slots=True)
class Under:
    """The Example again under another pool; ``seen`` is ``None`` where the same must be seen."""

    pool: str
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """One proof of a rule, or of a program that must work and about which the linter must be silent.

    ``pool`` and ``concurrency`` are the worker's; without a pool the program's own settings choose it.
    ``modules`` are files of the folder ``project`` that complete the program, ``app`` the one with its Celery app;
    ``broker`` is "filesystem" or "redis".
    ``shows`` is the plain English for what is seen of the example, one or two sentences for the rule's page.
    """

    code: str
    send: tuple[Send, ...]
    example: Seen
    instead: Seen
    shows: str
    pool: str | None = "prefork"
    concurrency: int = 2
    modules: tuple[str, ...] = ()
    broker: str = "filesystem"
    app: str = "worker"
    also: tuple[Under, ...] = ()


@dataclass(frozen=True, slots=True)
class Works:
    """Folklore: a program of the folder ``folklore`` that works, and about which the linter says nothing."""

    name: str
    send: tuple[Send, ...]
    seen: Seen
    shows: str
    pool: str = "prefork"
    concurrency: int = 2
    options: tuple[str, ...] = ()
