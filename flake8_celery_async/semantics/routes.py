"""Which queue Celery sends a task to, as far as literal routes say it (celery/app/routes.py)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import translate

from flake8_celery_async.semantics.catalog.celery_names import DEFAULT_QUEUE
from flake8_celery_async.semantics.values import Data, Table, Unknown

_WILDCARD = re.compile(r"[*?\[]")


class Routes:
    """The value of ``task_routes``, made ready to be asked for many tasks.

    It is a dict, or a list of dicts of which the first with a match counts; a name beats a pattern (``shop.*``), and
    patterns are tried in order.
    """

    def __init__(self, value: Data) -> None:
        routers: tuple[Data, ...] = () if value is None else (value,)
        if isinstance(value, tuple) and not isinstance(value, Table):  # a Table is a tuple, too
            routers = value
        self._routers = [_Router(router) if isinstance(router, Table) else None for router in routers]

    @property
    def names(self) -> set[str]:
        """The full names of tasks that have routes of their own."""
        return {name for router in self._routers if router is not None for name in router.exact}

    @property
    def starts(self) -> set[str]:
        """What stands before the wildcards of the patterns."""
        return {start for router in self._routers if router is not None for start in router.patterns}

    def queue_of(self, task: str, default: Data = DEFAULT_QUEUE) -> str | None:
        """Return the queue of a task by its full name, or None when that cannot be told.

        ``default`` is ``task_default_queue``.
        """
        for router in self._routers:
            if router is None:
                return None  # a function, the path of one, or a list of pairs
            found = router.queue_of(task)
            if isinstance(found, Unknown):
                return None
            if found:
                return found
        return default if isinstance(default, str) else None


class AllRoutes:
    """The routes of all apps, which are asked together."""

    def __init__(self, routes: Iterable[Routes]) -> None:
        self._by_name: dict[str, list[Routes]] = {}
        self._by_start: dict[str, list[Routes]] = {}
        for each in routes:
            for name in each.names:
                self._by_name.setdefault(name, []).append(each)
            for start in each.starts:
                self._by_start.setdefault(start, []).append(each)

    def queues_of(self, task: str) -> set[str]:
        """Return the queues that any of the routes names for a task by its full name; no default counts."""
        met = [*self._by_name.get(task, ())]
        met += [each for end in range(len(task) + 1) for each in self._by_start.get(task[:end], ())]
        return {queue for each in met if (queue := each.queue_of(task, None)) is not None}


class _Router:
    """A dict of routes."""

    def __init__(self, table: Table) -> None:
        self.exact: dict[str, Data] = {}
        self.patterns: dict[str, list[tuple[int, str, Data]]] = {}
        """Patterns with their rank, by what stands before the first wildcard: few of them can match a name."""
        self._hidden = False
        for rank, (key, value) in enumerate(table.items):
            if not isinstance(key, str):
                self._hidden = True  # a regular expression, or a name that is not written out
            elif "*" in key:
                self.patterns.setdefault(_WILDCARD.split(key, maxsplit=1)[0], []).append((rank, key, value))
            else:
                self.exact[key] = value

    def queue_of(self, task: str) -> str | Unknown:
        """Return the queue that a task is sent to, "" when none of the keys matches."""
        exact = self.exact.get(task)
        if exact is not None:
            return _queue(exact)
        if self._hidden:
            return Unknown.ANYTHING
        found = [route for end in range(len(task) + 1) for route in self.patterns.get(task[:end], ())]
        for _, key, value in sorted(found, key=_rank):
            if re.match(translate(key), task):
                return _queue(value)
        return ""


def _rank(route: tuple[int, str, Data]) -> int:
    return route[0]


def _queue(route: Data) -> str | Unknown:
    """Return the queue of one route: a name, or a dict with ``queue``; an exchange alone does not say it."""
    if isinstance(route, str):
        return route
    if isinstance(route, Table):
        queue = route.get("queue")
        if isinstance(queue, str):
            return queue
        if queue is None and all(key == "priority" for key, _ in route.items):
            return ""
    return Unknown.ANYTHING
