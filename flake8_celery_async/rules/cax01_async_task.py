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
    print(f"sending {order_id}")
```

## Use instead
```python
from celery import shared_task


@shared_task
def send_receipt(order_id: int) -> None:
    print(f"sending {order_id}")
```

If the body must be a coroutine, keep it under another name and let a sync task drive it; what drives it is the
subject of CAX02 and CAX03.

## When it is silent
- The task class (`base=`, `task_cls=`, a base class) has a `__call__` that drives the coroutine, or cannot be found.
- There is a decorator between the task decorator and the function that may return a sync function.
- `celery_aio_pool` or `celery_pool_asyncio` is imported or among the project's dependencies (`pyproject.toml`,
  requirements files, `setup.cfg`, `Pipfile`), `cax-pool = custom` is set, or a start command or the configuration names
  a pool that is not Celery's own.
- The decorator is another library's (aio_celery, taskiq, arq, dramatiq, procrastinate, prefect).

## Measured
With `ignore_result`, with pickle, with a `yield` and with `autoretry_for` the body does not run either (LAB 1b to 1e).
Under `celery_aio_pool` the same task runs (LAB 1g).

## References
- Celery, "Tasks": https://docs.celeryq.dev/en/stable/userguide/tasks.html
- celery/celery issue 6552, "asyncio support"
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.project.driving import class_drives, has_async_pool, is_driven, may_be_sync
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.semantics.catalog import celery_names
from flake8_celery_async.semantics.tasks import is_task_class
from flake8_celery_async.source.module import Class, Definition, Function, Module
from flake8_celery_async.source.origins import ClassObject

_BODIES = ("run", "__call__")


def check(context: Context) -> Iterator[Report]:
    """Yield the async tasks and async hooks of the module."""
    project = context.project
    if has_async_pool(project):
        return
    for task in project.tasks_of(context.module):
        function = task.function
        if task.decorator is None or not function.is_async or may_be_sync(task, project) or is_driven(task, project):
            continue
        yield Report(
            function.line,
            function.column,
            f"no worker runs the async task '{function.name}': Celery calls it and drops the coroutine, "
            "so the body never executes",
        )
    yield from _classes(context)


def _classes(context: Context) -> Iterator[Report]:
    module, evaluator = context.module, context.project.evaluator
    for cls in module.classes:
        methods = list(_async_methods(module, cls)) if cls.bases else []
        owner = ClassObject(module, cls)
        if not methods or not is_task_class(owner, evaluator):
            continue
        driven = class_drives(owner, context.project)
        for method in methods:
            if driven and method.name in _BODIES:
                continue
            yield Report(
                method.line,
                method.column,
                f"no worker awaits '{cls.name}.{method.name}': Celery calls it and drops the coroutine, "
                "so the body never executes",
            )


def _async_methods(module: Module, cls: Class) -> Iterator[Function]:
    """Yield the methods of a class that a worker would call, if they are async and nothing wraps them."""
    bindings = module.functions[cls.body].bindings
    for name in (*_BODIES, *celery_names.ASYNC_HOOKS):
        for binding in bindings.get(name, ()):
            if isinstance(binding, Definition) and binding.function >= 0:
                method = module.functions[binding.function]
                if method.is_async and not method.decorators:
                    yield method


RULE = Rule(
    code="CAX01",
    slug="async-task",
    severity=Severity.ERROR,
    summary="An `async def` is registered as a Celery task; its body never runs.",
    page=__doc__ or "",
    check=check,
)
