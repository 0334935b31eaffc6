"""
## What it does
Reports an `asyncio.Lock`, `Semaphore`, `Event`, `Condition`, `Queue` or `Future` that is kept between calls and used
by a bridge that makes a loop for each call.

## Why it fails
A primitive binds itself to the loop on which somebody first had to wait for it. While nobody waits it works, so tests
pass. After the first contention every later one fails:

```
RuntimeError: <asyncio.locks.Lock object at … [locked]> is bound to a different event loop
```

It never protects anything between two worker processes either.

## Example
```python
import asyncio

from celery import shared_task

LIMIT = asyncio.Semaphore(5)  # the finding


async def call(number: int) -> int:
    async with LIMIT:
        await asyncio.sleep(0)
    return number


async def fan_out() -> list[int]:
    return await asyncio.gather(*[call(number) for number in range(20)])


@shared_task
def crawl() -> list[int]:
    return asyncio.run(fan_out())  # noqa: CAX02
```

## Use instead
```python
import asyncio

from celery import shared_task


async def call(number: int, limit: asyncio.Semaphore) -> int:
    async with limit:
        await asyncio.sleep(0)
    return number


async def fan_out() -> list[int]:
    limit = asyncio.Semaphore(5)
    return await asyncio.gather(*[call(number, limit) for number in range(20)])


@shared_task
def crawl() -> list[int]:
    return asyncio.run(fan_out())  # noqa: CAX02
```

## When it is silent
- Only one lasting loop uses it.
- The module takes a future away again that it keeps: `pop(key)`, `del`, or None in its place.
- It is made inside the driven coroutine.
- Nobody can ever wait in a lock or a semaphore: no `async with` section of it awaits anything, or only one coroutine
  at a time runs on each loop (no `gather`, no `create_task`, no pool of threads or greenlets), or no more than it
  lets in: `gather(work(), work())` behind `Semaphore(2)`.

## Measured
Uncontended it works for ever, under prefork and threads; once it was contended, every later contended use fails
(LAB 6).

## References
- Python, "Synchronization Primitives": https://docs.python.org/3/library/asyncio-sync.html
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.project.contention import is_uncontended
from flake8_celery_async.project.graph import Project
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.semantics.catalog.loop_bound import FUTURES
from flake8_celery_async.semantics.resources import Resource
from flake8_celery_async.source.module import Attribute, Constant, Function, Name, Subscript
from flake8_celery_async.source.names import last_name

_TAKES_OUT = frozenset({"clear", "discard", "get_nowait", "pop", "popitem", "popleft", "remove"})
"""Methods of a collection that take out what is in it."""


def check(context: Context) -> Iterator[Report]:
    """Yield the kept primitives of the module."""
    for kept in context.project.kept_in(context.module):
        if kept.resource.row.kind != "primitive":
            continue
        if is_uncontended(kept.resource, context.project):
            continue
        is_future = kept.resource.row.name in FUTURES
        if is_future and _is_let_go(kept.resource, context.project):
            continue
        binds = "belongs to the loop on which it is made" if is_future else "binds to the loop that first waits for it"
        yield Report(
            kept.line,
            kept.column,
            f"'{kept.resource.name}' {binds}, but {kept.bridges}; {kept.reached}",
            kept.pair,
        )


def _is_let_go(resource: Resource, project: Project) -> bool:
    """Say whether the module that keeps a future also takes it away: it is there for those who wait meanwhile."""
    hold = resource.hold
    module = project.at(hold.place.path) if hold is not None else None
    if hold is None or module is None:
        return False
    name = hold.name.partition("[")[0].rpartition(".")[2]
    return any(_lets_go(name, function) for function in module.functions if function.kind == "function")


def _lets_go(name: str, function: Function) -> bool:
    for call in function.calls:
        if isinstance(call.function, Attribute) and call.function.name in _TAKES_OUT:
            if last_name(call.function.value) == name:
                return True
    for assignment in function.assignments:
        target = assignment.target
        if assignment.via == "del":
            target = target.value if isinstance(target, Subscript) else target
        elif assignment.value != Constant(None) or function.name == "__init__":
            continue
        if last_name(target) == name and not (isinstance(target, Name) and target.id not in function.outer):
            return True
    return False


RULE = Rule(
    code="CAX06",
    slug="kept-async-primitive",
    severity=Severity.HAZARD,
    summary="An asyncio primitive is kept between calls that each run on a loop of their own.",
    page=__doc__ or "",
    check=check,
)
