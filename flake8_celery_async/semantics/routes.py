"""Which queue Celery sends a task to, as far as literal routes say it (celery/app/routes.py)."""

from __future__ import annotations

import re
from fnmatch import translate

from flake8_celery_async.semantics.catalog.celery_names import DEFAULT_QUEUE
from flake8_celery_async.semantics.values import Data, Table, Unknown


def queue_of(task: str, routes: Data, default: Data = DEFAULT_QUEUE) -> str | None:
    """Return the queue of a task by its full name, or None when that cannot be told.

    ``routes`` is the value of ``task_routes``: a dict, or a list of dicts of which the first with a match counts; a
    name beats a pattern (``shop.*``), and patterns are tried in order. ``default`` is ``task_default_queue``.
    """
    routers: tuple[Data, ...] = () if routes is None else (routes,)
    if isinstance(routes, tuple) and not isinstance(routes, Table):  # a Table is a tuple, too
        routers = routes
    for router in routers:
        if not isinstance(router, Table):
            return None  # a function, the path of one, or a list of pairs
        found = _route(task, router)
        if isinstance(found, Unknown):
            return None
        if found:
            return found
    return default if isinstance(default, str) else None


def _route(task: str, table: Table) -> str | Unknown:
    """Return the queue that a dict of routes names, "" when none of its keys matches."""
    exact: Data = None
    patterns: list[tuple[str, Data]] = []
    hidden = False
    for key, value in table.items:
        if not isinstance(key, str):
            hidden = True  # a regular expression, or a name that is not written out
        elif "*" in key:
            patterns.append((key, value))
        elif key == task:
            exact = value
    if exact is not None:
        return _queue(exact)
    if hidden:
        return Unknown.ANYTHING
    for key, value in patterns:
        if re.match(translate(key), task):
            return _queue(value)
    return ""


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
