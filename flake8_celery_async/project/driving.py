"""What runs the coroutine that a task returns: nothing in Celery, but a Task class or a pool of the project may."""

from __future__ import annotations

from flake8_celery_async.project.graph import Project
from flake8_celery_async.semantics.bridges import reaches_bridge
from flake8_celery_async.semantics.tasks import Task, classes_of, task_classes
from flake8_celery_async.source.module import Value
from flake8_celery_async.source.origins import ClassObject, Frame, FunctionObject, Instance


def has_async_pool(project: Project) -> bool:
    """Say whether the workers run a pool that awaits coroutines, or may do so."""
    return project.runs_custom_pool or project.has_async_pool or project.names_custom_pool


def is_wrapped(task: Task) -> bool:
    """Say whether a decorator stands between the task decorator and the function."""
    return 0 <= task.position < len(task.function.decorators) - 1


def may_be_sync(task: Task, project: Project) -> bool:
    """Say whether a decorator below the task decorator may make a plain function of a coroutine function.

    One of the project that is seen to return a coroutine function again does not.
    """
    evaluator, module, function = project.evaluator, task.module, task.function
    scope = evaluator.frame(module, module.functions[max(function.parent, 0)])
    for decorator in function.decorators[task.position + 1 :] if is_wrapped(task) else ():
        makers = evaluator.origins(decorator, scope)
        made = [o for maker in makers if isinstance(maker, FunctionObject) for o in evaluator.returns(maker.frame)]
        if not made or not all(isinstance(o, FunctionObject) and o.function.is_async for o in made):
            return True
        if not all(isinstance(maker, FunctionObject) for maker in makers):
            return True
    return False


def is_driven(task: Task, project: Project) -> bool:
    """Say whether the task's class runs the coroutine, or cannot be seen."""
    if task.owner is not None:
        return class_drives(task.owner, project)
    classes = task_classes(task, project.evaluator, project.app_task_classes)
    return any(_may_drive(value, frame, project) for value, frame in classes)


def class_drives(cls: ClassObject, project: Project) -> bool:
    """Say whether the ``__call__`` of a Task class drives what its ``run`` returns."""
    call = project.evaluator.method(Instance(cls), "__call__")
    if call is None or call.function.is_async:
        return False
    return reaches_bridge(call.frame, project.evaluator, project.options)


def _may_drive(value: Value, frame: Frame, project: Project) -> bool:
    classes = list(classes_of(value, frame, project.evaluator))
    return not classes or any(class_drives(cls, project) for cls in classes)
