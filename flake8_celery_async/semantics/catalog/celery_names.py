"""The names of Celery: apps, task decorators, Task classes, canvas, results; and the libraries that look alike.

Data only, read in the sources of Celery 5.7.0; names that older releases had say so. A method of an object is written
``Class().method``.
"""

from __future__ import annotations

from typing import Final

APP_CLASSES: Final[frozenset[str]] = frozenset(
    {
        "celery.Celery",
        "celery.app.Celery",
        "celery.app.base.Celery",
        # Subclasses of it in other packages.
        "flask_celery.Celery",  # Flask-Celery-Helper docs
        "tenant_schemas_celery.app.CeleryApp",  # tenant-schemas-celery README
    }
)
"""Classes of a Celery app."""

APP_GETTERS: Final[frozenset[str]] = frozenset(
    {
        "celery._state.get_current_app",
        "celery.app.app_or_default",
        "celery.app.default_app",
        "celery.current_app",
        "celery._state.current_app",
        "flask_celeryext.create_celery_app",  # Flask-CeleryExt docs
    }
)
"""What gives an app that was made elsewhere: proxies, and functions whose result is the app."""

TASK_DECORATORS: Final[frozenset[str]] = frozenset(
    {
        "celery.shared_task",
        "celery.app.shared_task",
        "celery.current_app.task",
        "celery._state.current_app.task",
        # Before Celery 5.
        "celery.task",
        "celery.task.task",
        "celery.task.base.task",
        "celery.task.periodic_task",
        "celery.decorators.task",
        "celery.decorators.periodic_task",
        "celery.contrib.methods.task",
        "celery.contrib.methods.task_method",
    }
)
"""Decorators that make a function a task, with or without arguments; ``task`` of an app is one by its app."""


TASK_CLASSES: Final[frozenset[str]] = frozenset(
    {
        "celery.Task",
        "celery.app.task.Task",
        "celery.contrib.abortable.AbortableTask",
        # Before Celery 5.
        "celery.app.task.BaseTask",
        "celery.contrib.batches.Batches",
        "celery.task.PeriodicTask",
        "celery.task.Task",
        "celery.task.base.PeriodicTask",
        "celery.task.base.Task",
        # Subclasses of it in other packages.
        "celery_batches.Batches",  # celery-batches docs
        "celery_once.QueueOnce",  # celery-once README
        "celery_once.tasks.QueueOnce",
        "celery_singleton.Singleton",  # celery-singleton README
        "celery_singleton.singleton.Singleton",
        "tenant_schemas_celery.task.TenantTask",  # tenant-schemas-celery README
    }
)
"""Base classes of class-based tasks."""


ASYNC_HOOKS: Final[tuple[str, ...]] = ("before_start", "on_success", "on_failure", "on_retry", "after_return")
"""Methods of a Task class that the worker calls around the body and never awaits (Celery docs, "Tasks: Handlers")."""


CURRENT_TASK: Final[frozenset[str]] = frozenset(
    f"{module}.current_task{part}" for module in ("celery", "celery._state") for part in ("", ".request", ".request.id")
)
"""What is true inside a task and false elsewhere (celery/_state.py)."""

OTHER_LIBRARIES: Final[frozenset[str]] = frozenset(
    {
        "aio_celery",
        "airflow",
        "apscheduler",
        "arq",
        "crewai",
        "dagster",
        "django_rq",
        "django_tasks",
        "docket",
        "dramatiq",
        "fabric",
        "faust",
        "faststream",
        "flytekit",
        "hatchet_sdk",
        "huey",
        "invoke",
        "kuyruk",
        "locust",
        "luigi",
        "metaflow",
        "mrq",
        "nameko",
        "pgqueuer",
        "prefect",
        "procrastinate",
        "repid",
        "rocketry",
        "rq",
        "saq",
        "streaq",
        "taskiq",
        "tasktiger",
        "temporalio",
    }
)
"""Root packages of libraries whose ``task``, ``delay`` or ``AsyncResult`` look like Celery's (IDIOMS A9)."""


ASYNC_POOLS: Final[frozenset[str]] = frozenset({"celery_aio_pool", "celery_pool_asyncio"})
"""Root packages of pools that run coroutine tasks (LAB 1g, IDIOMS A4, A5, A12)."""


DEFAULT_QUEUE: Final = "celery"
"""The queue of a task that no route names (app/defaults.py, ``task_default_queue``)."""
