"""Worker pools: their names, what each of them ignores, and which of them patch the standard library.

Data only, read in the sources of Celery 5.7.0 and measured in LAB 14. Pools are named by the values of
``options.Pool``. A custom pool is not known, so it stands in no row that says something is ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

ALIASES: Final[Mapping[str, str]] = {
    "prefork": "prefork",
    "processes": "prefork",
    "solo": "solo",
    "threads": "threads",
    "gevent": "gevent",
    "eventlet": "eventlet",
    "custom": "custom",
    "celery.concurrency.prefork:TaskPool": "prefork",
    "celery.concurrency.prefork.TaskPool": "prefork",
    "celery.concurrency.solo:TaskPool": "solo",
    "celery.concurrency.solo.TaskPool": "solo",
    "celery.concurrency.thread:TaskPool": "threads",
    "celery.concurrency.thread.TaskPool": "threads",
    "celery.concurrency.gevent:TaskPool": "gevent",
    "celery.concurrency.gevent.TaskPool": "gevent",
    "celery.concurrency.eventlet:TaskPool": "eventlet",
    "celery.concurrency.eventlet.TaskPool": "eventlet",
    "celery_aio_pool.pool:AsyncIOPool": "custom",
    "celery_pool_asyncio:TaskPool": "custom",
}
"""What may be written for a pool, to the pool it is (concurrency/__init__.py). Any other ``module:class`` is custom."""

DEFAULT_POOL: Final = "prefork"
"""The pool of a worker that names none (app/defaults.py)."""


CUSTOM_POOL_VARIABLE: Final = "CELERY_CUSTOM_WORKER_POOL"
"""Environment variable that names the class behind ``-P custom`` (concurrency/__init__.py; LAB 1g)."""

PATCHING_POOLS: Final[frozenset[str]] = frozenset({"gevent", "eventlet"})
"""Pools whose ``-P`` patches the standard library, so that blocking calls yield (LAB 10c).

Named in the configuration instead, they patch too late: tasks are received and never run (LAB 14b).
"""


class Ignored(NamedTuple):
    """A setting that does nothing under some pools."""

    name: str
    """The setting as Celery 4 and later name it."""
    spellings: frozenset[str]
    """All spellings in a configuration: new, old, with the Django namespace."""
    option: str
    """Option of a task decorator, of ``apply_async`` and of a Task class; empty when it is none."""
    argument: str
    """Option of ``celery worker``."""
    pools: frozenset[str]
    """The pools that ignore it."""
    source: str


ROWS: Final[tuple[Ignored, ...]] = (
    Ignored(
        "task_time_limit",
        frozenset({"task_time_limit", "CELERYD_TASK_TIME_LIMIT", "CELERY_TASK_TIME_LIMIT"}),
        "time_limit",
        "--time-limit",
        frozenset({"solo", "threads", "eventlet"}),
        "LAB 14f",
    ),
    Ignored(
        "task_soft_time_limit",
        frozenset({"task_soft_time_limit", "CELERYD_TASK_SOFT_TIME_LIMIT", "CELERY_TASK_SOFT_TIME_LIMIT"}),
        "soft_time_limit",
        "--soft-time-limit",
        frozenset({"solo", "threads", "eventlet", "gevent"}),
        "LAB 14f",
    ),
    Ignored(
        "worker_max_tasks_per_child",
        frozenset({"worker_max_tasks_per_child", "CELERYD_MAX_TASKS_PER_CHILD", "CELERY_WORKER_MAX_TASKS_PER_CHILD"}),
        "",
        "--max-tasks-per-child",
        frozenset({"solo", "threads", "eventlet", "gevent"}),
        "LAB 14g (eventlet: it starts no child processes)",
    ),
    Ignored(
        "worker_max_memory_per_child",
        frozenset(
            {"worker_max_memory_per_child", "CELERYD_MAX_MEMORY_PER_CHILD", "CELERY_WORKER_MAX_MEMORY_PER_CHILD"}
        ),
        "",
        "--max-memory-per-child",
        frozenset({"solo", "threads", "eventlet", "gevent"}),
        "Celery docs, worker_max_memory_per_child; only asynpool.py reads it",
    ),
)

BY_NAME: Final[Mapping[str, Ignored]] = {spelling: row for row in ROWS for spelling in row.spellings}
"""The rows by every spelling in a configuration."""

BY_OPTION: Final[Mapping[str, Ignored]] = {row.option: row for row in ROWS if row.option}
"""The rows by the option of a task."""
