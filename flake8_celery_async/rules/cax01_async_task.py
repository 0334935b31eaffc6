"""
## What it does
Reports an `async def` (also one with `yield`) that is registered as a Celery task, an `async def run` or
`__call__` of a `Task` subclass, and `async def` task hooks (`before_start`, `on_success`, `on_failure`, `on_retry`,
`after_return`).

## Why it fails
No released Celery awaits a task (checked up to 5.7.0). The worker calls the function, gets a coroutine object and
takes it for the result. The body never runs. With a JSON result backend the task fails:

```
EncodeError: TypeError('Object of type coroutine is not JSON serializable')
```

With `ignore_result=True`, or without a backend, it is worse: the log says `Task … succeeded`, and nothing was done. In
eager mode (`task_always_eager`, `.apply()`) the task "succeeds" too, so tests do not see it.

## Example
```python
from celery import shared_task


@shared_task
async def send_receipt(order_id: int) -> None:
    print("sending", order_id)
```

## Use instead
```python
from celery import shared_task


@shared_task
def send_receipt(order_id: int) -> None:
    print("sending", order_id)
```

If the body must be a coroutine, keep it under another name and let a sync task drive it; what drives it is the
subject of CAX02 and CAX03.

## When it is silent
- The task class (`base=`, `task_cls=`, a base class) has a `__call__` that drives the coroutine, or cannot be found.
- There is a decorator between the task decorator and the function: it may return a sync function.
- `celery_aio_pool` or `celery_pool_asyncio` is imported, or `cax-pool = custom` is set.
- The decorator is another library's (aio_celery, taskiq, arq, dramatiq, procrastinate, prefect).

## Measured
Prefork, solo, threads and gevent, Python 3.11 and 3.13: the body never ran, in 5 of 5 variants (LAB 1a to 1f). Under
`celery_aio_pool` the same task ran (LAB 1g).

## References
- Celery, "Tasks": https://docs.celeryq.dev/en/stable/userguide/tasks.html
- celery/celery issue 6552, "asyncio support"
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.linter import Context
from flake8_celery_async.options import Pool
from flake8_celery_async.rules.base import Rule
from flake8_celery_async.semantics.bridges import reaches_bridge
from flake8_celery_async.semantics.catalog import celery_names
from flake8_celery_async.semantics.tasks import Task, is_task_class
from flake8_celery_async.source.module import Definition, Value
from flake8_celery_async.source.origins import ClassObject, Frame, Instance, Made


def check(context: Context) -> Iterator[Report]:
    """Yield the async tasks and async hooks of the module."""
    if Pool.CUSTOM in context.options.pools or context.project.imports_any(celery_names.ASYNC_POOLS):
        return
    for task in context.project.tasks_of(context.module):
        function = task.function
        if task.decorator is None or not function.is_async or _is_wrapped(task) or _is_driven(task, context):
            continue
        yield Report(
            function.line,
            function.column,
            f"no worker runs the async task '{function.name}': Celery calls it and drops the coroutine, "
            "so the body never executes",
        )
    yield from _classes(context)


def _is_wrapped(task: Task) -> bool:
    return 0 <= task.position < len(task.function.decorators) - 1


def _is_driven(task: Task, context: Context) -> bool:
    """Say whether the task's class runs the coroutine, or cannot be seen."""
    scope = context.project.evaluator.frame(task.module, task.module.functions[max(task.function.parent, 0)])
    base = task.option("base")
    if base is not None:
        return _class_may_drive(base, scope, context)
    app = task.app
    if isinstance(app, Made) and app.call is not None and app.frame is not None:
        chosen = app.call.keyword("task_cls")
        if chosen is not None:
            return _class_may_drive(chosen, app.frame, context)
    return any(_class_may_drive(value, frame, context) for value, frame in context.project.app_task_classes)


def _class_may_drive(value: Value, frame: Frame, context: Context) -> bool:
    classes = [o for o in context.project.evaluator.origins(value, frame) if isinstance(o, ClassObject)]
    return not classes or any(_drives(cls, context) for cls in classes)


def _drives(cls: ClassObject, context: Context) -> bool:
    call = context.project.evaluator.method(Instance(cls), "__call__")
    return (
        call is not None
        and not call.function.is_async
        and reaches_bridge(call.frame, context.project.evaluator, context.options)
    )


def _classes(context: Context) -> Iterator[Report]:
    module, evaluator = context.module, context.project.evaluator
    for cls in module.classes:
        owner = ClassObject(module, cls)
        if not cls.bases or not is_task_class(owner, evaluator):
            continue
        driven = _drives(owner, context)
        for name in ("run", "__call__", *celery_names.ASYNC_HOOKS):
            for binding in module.functions[cls.body].bindings.get(name, ()):
                if not isinstance(binding, Definition) or binding.function < 0:
                    continue
                method = module.functions[binding.function]
                if not method.is_async or method.decorators or (driven and name in ("run", "__call__")):
                    continue
                yield Report(
                    method.line,
                    method.column,
                    f"no worker awaits '{cls.name}.{name}': Celery calls it and drops the coroutine, "
                    "so the body never executes",
                )


RULE = Rule(
    code="CAX01",
    slug="async-task",
    severity=Severity.ERROR,
    summary="An `async def` is registered as a Celery task; its body never runs.",
    page=__doc__ or "",
    check=check,
)
