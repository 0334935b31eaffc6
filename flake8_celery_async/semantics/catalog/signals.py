"""Celery's signals: which process sends each of them, and under which pools.

Data only, read in the sources of Celery 5.7.0 and measured in LAB 13b. ``custom`` stands in every set: what an
out-of-tree pool sends is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Signal(NamedTuple):
    """A signal of ``celery.signals``."""

    name: str
    process: str
    """``child``: the process or thread that the pool starts for tasks; ``parent``: the worker's main process;
    ``worker``: wherever the task itself runs; ``publisher``: whoever sends the task; ``beat``: the scheduler."""
    pools: frozenset[str]
    """The pools (values of ``options.Pool``) under which it is sent at all."""
    source: str


_ALL: Final = frozenset({"prefork", "solo", "threads", "gevent", "eventlet", "custom"})
_EVENTLET: Final = frozenset({"eventlet", "custom"})

ROWS: Final[tuple[Signal, ...]] = (
    # The worker's life.
    Signal("celery.signals.celeryd_init", "parent", _ALL, "apps/worker.py; LAB 13b"),
    Signal("celery.signals.celeryd_after_setup", "parent", _ALL, "apps/worker.py; LAB 13b"),
    Signal("celery.signals.import_modules", "parent", _ALL, "loaders/base.py"),
    Signal("celery.signals.worker_init", "parent", _ALL, "worker/worker.py; LAB 13b"),
    Signal("celery.signals.worker_ready", "parent", _ALL, "apps/worker.py; LAB 13b"),
    Signal("celery.signals.heartbeat_sent", "parent", _ALL, "worker/heartbeat.py"),
    Signal("celery.signals.worker_shutting_down", "parent", _ALL, "apps/worker.py; LAB 13b"),
    Signal("celery.signals.worker_shutdown", "parent", _ALL, "worker/worker.py; LAB 13b"),
    Signal(
        "celery.signals.worker_before_create_process",
        "parent",
        frozenset({"prefork", "custom"}),
        "concurrency/asynpool.py",
    ),
    # Under solo the "child" is the main process itself.
    Signal(
        "celery.signals.worker_process_init",
        "child",
        frozenset({"prefork", "solo", "custom"}),
        "concurrency/prefork.py, concurrency/solo.py; LAB 13b",
    ),
    Signal(
        "celery.signals.worker_process_shutdown",
        "child",
        frozenset({"prefork", "custom"}),
        "concurrency/prefork.py; LAB 13b",
    ),
    # Around the task.
    Signal("celery.signals.task_prerun", "worker", _ALL, "app/trace.py; LAB 13a"),
    Signal("celery.signals.task_postrun", "worker", _ALL, "app/trace.py; LAB 13a"),
    Signal("celery.signals.task_success", "worker", _ALL, "app/trace.py"),
    Signal("celery.signals.task_internal_error", "worker", _ALL, "app/trace.py"),
    # Also sent by the parent, for a task whose process was lost or whose time limit passed (worker/request.py).
    Signal("celery.signals.task_failure", "worker", _ALL, "app/trace.py, worker/request.py; LAB 13a"),
    Signal("celery.signals.task_retry", "worker", _ALL, "app/trace.py, worker/request.py"),
    # The consumer, before the task reaches the pool.
    Signal("celery.signals.task_received", "parent", _ALL, "worker/strategy.py"),
    Signal("celery.signals.task_rejected", "parent", _ALL, "worker/consumer/consumer.py"),
    Signal("celery.signals.task_revoked", "parent", _ALL, "worker/request.py"),
    Signal("celery.signals.task_unknown", "parent", _ALL, "worker/consumer/consumer.py"),
    # Publishing: in the web process, in beat, or in a task.
    Signal("celery.signals.before_task_publish", "publisher", _ALL, "app/amqp.py"),
    Signal("celery.signals.after_task_publish", "publisher", _ALL, "app/amqp.py"),
    Signal("celery.signals.task_sent", "publisher", _ALL, "app/amqp.py; deprecated"),
    # Logging and command line: sent while the main process starts, of beat too.
    Signal("celery.signals.setup_logging", "parent", _ALL, "app/log.py"),
    Signal("celery.signals.after_setup_logger", "parent", _ALL, "app/log.py"),
    Signal("celery.signals.after_setup_task_logger", "parent", _ALL, "app/log.py"),
    Signal("celery.signals.user_preload_options", "parent", _ALL, "bin/base.py"),
    # The scheduler, in a process of its own or in the worker with -B.
    Signal("celery.signals.beat_init", "beat", _ALL, "beat.py"),
    Signal("celery.signals.beat_embedded_init", "beat", _ALL, "beat.py"),
    Signal("celery.signals.eventlet_pool_started", "parent", _EVENTLET, "concurrency/eventlet.py"),
    Signal("celery.signals.eventlet_pool_preshutdown", "parent", _EVENTLET, "concurrency/eventlet.py"),
    Signal("celery.signals.eventlet_pool_postshutdown", "parent", _EVENTLET, "concurrency/eventlet.py"),
    Signal("celery.signals.eventlet_pool_apply", "parent", _EVENTLET, "concurrency/eventlet.py"),
)

BY_NAME: Final[Mapping[str, Signal]] = {row.name: row for row in ROWS}
IN_WORKER: Final[frozenset[str]] = frozenset({"child", "parent", "worker"})
"""The processes that belong to a worker."""

ONCE: Final[frozenset[str]] = frozenset(
    f"celery.signals.{name}"
    for name in (
        "celeryd_after_setup",
        "celeryd_init",
        "import_modules",
        "worker_init",
        "worker_process_init",
        "worker_process_shutdown",
        "worker_ready",
        "worker_shutdown",
        "worker_shutting_down",
    )
)
"""The signals that a process sends once in its life."""

BEFORE_TASKS: Final = tuple(
    [
        f"celery.signals.{name}"
        for name in ("celeryd_init", "worker_init", "celeryd_after_setup", "worker_process_init", "worker_ready")
    ]
)
"""Those that a process sends before its first task, in this order (apps/worker.py, worker/worker.py)."""
AFTER_TASKS: Final = frozenset(
    [f"celery.signals.{name}" for name in ("worker_shutting_down", "worker_shutdown", "worker_process_shutdown")]
)
"""Those that a process sends after its last task."""

PROC_ALIVE_TIMEOUT: Final = 4.0
"""Seconds a replacement child may take for ``worker_process_init`` before it is killed (LAB 13d)."""
