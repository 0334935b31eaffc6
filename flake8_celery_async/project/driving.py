"""What runs the coroutine that a task returns: nothing in Celery, but a Task class or a pool of the project may."""

from __future__ import annotations

from flake8_celery_async.options import Pool
from flake8_celery_async.project.graph import Project
from flake8_celery_async.semantics.bridges import reaches_bridge
from flake8_celery_async.semantics.catalog import celery_names
from flake8_celery_async.semantics.tasks import Task
from flake8_celery_async.source.module import Value
from flake8_celery_async.source.origins import ClassObject, Frame, Instance, Made


def has_async_pool(project: Project) -> bool:
    """Say whether the workers run a pool that awaits coroutines."""
    return Pool.CUSTOM in project.options.pools or project.imports_any(celery_names.ASYNC_POOLS)


def is_wrapped(task: Task) -> bool:
    """Say whether a decorator stands between the task decorator and the function."""
    return 0 <= task.position < len(task.function.decorators) - 1


def is_driven(task: Task, project: Project) -> bool:
    """Say whether the task's class runs the coroutine, or cannot be seen."""
    if task.cls is not None:
        return class_drives(ClassObject(task.module, task.cls), project)
    scope = project.evaluator.frame(task.module, task.module.functions[max(task.function.parent, 0)])
    base = task.option("base")
    if base is not None:
        return _may_drive(base, scope, project)
    app = task.app
    if isinstance(app, Made) and app.call is not None and app.frame is not None:
        chosen = app.call.keyword("task_cls")
        if chosen is not None:
            return _may_drive(chosen, app.frame, project)
    return any(_may_drive(value, frame, project) for value, frame in project.app_task_classes)


def class_drives(cls: ClassObject, project: Project) -> bool:
    """Say whether the ``__call__`` of a Task class drives what its ``run`` returns."""
    call = project.evaluator.method(Instance(cls), "__call__")
    if call is None or call.function.is_async:
        return False
    return reaches_bridge(call.frame, project.evaluator, project.options)


def _may_drive(value: Value, frame: Frame, project: Project) -> bool:
    classes = [o for o in project.evaluator.origins(value, frame) if isinstance(o, ClassObject)]
    return not classes or any(class_drives(cls, project) for cls in classes)
