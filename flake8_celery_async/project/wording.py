"""How evidence is said in a message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flake8_celery_async.project.ways import Step, Visit
from flake8_celery_async.semantics.resources import Resource

LONGEST = 4
"""Steps of a chain that are shown; a longer chain is shortened in the middle."""


def reached(visit: Visit) -> str:
    """Return ``reached from task 'sync' (app/tasks.py:30) via refresh() > load()``."""
    root = f"reached from {visit.root.name} ({visit.root.place})"
    return f"{root} via {chain(visit.path)}" if visit.path else root


def in_root(visit: Visit) -> str:
    """Return ``in task 'sync'`` for the task's own body, else how the task gets there."""
    return f"in {visit.root.name}" if not visit.path else reached(visit)


def chain(path: tuple[Step, ...]) -> str:
    """Return the steps joined by ``>``."""
    return joined([step.name for step in path])


def joined(names: Sequence[str]) -> str:
    """Return the names of a chain's functions joined by ``>``, shortened in the middle."""
    if len(names) > LONGEST:
        names = [*names[: LONGEST // 2], "…", *names[-LONGEST // 2 :]]
    return " > ".join(names)


def onward(path: Sequence[str]) -> str:
    """Return `` via load() > get()`` for the functions of a chain behind its first, or an empty string."""
    return f" via {joined(path[1:])}" if len(path) > 1 else ""


def listed(names: Iterable[str]) -> str:
    """Return ``a, b and c``; there is at least one name."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def stored(resource: Resource) -> str:
    """Return ``'engine' (app/db.py:12)``."""
    place = resource.hold.place if resource.hold is not None else resource.place
    return f"'{resource.name}' ({place})"
