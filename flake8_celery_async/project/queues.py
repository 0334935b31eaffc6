"""Which queue a task is sent to, as far as code and configuration write it out."""

from __future__ import annotations

from flake8_celery_async.semantics.configuration import Settings
from flake8_celery_async.semantics.tasks import Task
from flake8_celery_async.semantics.values import literal
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import Name, Value
from flake8_celery_async.source.origins import Frame


def queue_of(task: Task, settings: Settings, evaluator: Evaluator) -> str | None:
    """Return the queue of a task; None when none is written out for it, so that any worker may run it.

    It is ``queue=`` of the decorator (``queue`` of a class), else what ``task_routes`` says of the task's name.
    """
    scope = evaluator.frame(task.module, task.module.functions[max(task.function.parent, 0)])
    queue, name = task.option("queue"), task.option("name")
    if task.owner is not None:
        # A class says it by attributes.
        scope = evaluator.frame(task.owner.module, task.owner.module.functions[task.owner.cls.body])
        queue, name = _attribute("queue", scope), _attribute("name", scope)
    if queue is not None:
        written = literal(queue, scope, evaluator)
        return written if isinstance(written, str) else None
    parts = [*task.module.name.split("."), task.name]
    names = [".".join(parts[start:]) for start in range(len(parts))]  # where imports begin is not known
    if name is not None:
        written = literal(name, scope, evaluator)
        names = [written] if isinstance(written, str) else []
    found = {queue for name in names for queue in settings.routes.queues_of(name)}
    return found.pop() if len(found) == 1 else None


def _attribute(name: str, body: Frame) -> Value | None:
    """Return what a class body assigns to an attribute last."""
    values = [assignment.value for assignment in body.function.assignments if assignment.target == Name(name)]
    return values[-1] if values else None
