"""
## What it does
Reports a SQLAlchemy async engine that is kept between calls and used by a bridge that makes a loop for each call,
directly or through a session factory built on it. It is the other half of CAX03.

Under the threads pool it also reports an engine with `NullPool`: its first connections are opened under a lock that
belongs to one loop.

## Why it fails
The engine's pool hands out connections that belong to a loop that is closed:

```
RuntimeError: Task … got Future … attached to a different loop
InterfaceError: cannot perform operation: another operation is in progress
```

With asyncpg and aiomysql every call after the first fails. With psycopg and aiosqlite it works until the pool runs
short inside one call; then:

```
RuntimeError: <Queue …> is bound to a different event loop
```

## Example
```python
import asyncio

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg:///shop")  # the finding


async def count_orders() -> int:
    async with engine.connect() as connection:
        return (await connection.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    return asyncio.run(count_orders())  # noqa: CAX03
```

## Use instead
```python
import asyncio

from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

engine = create_async_engine("postgresql+asyncpg:///shop", poolclass=NullPool)


async def count_orders() -> int:
    async with engine.connect() as connection:
        return (await connection.execute(text("select count(*) from orders"))).scalar_one()


@shared_task
def report() -> int:
    return asyncio.run(count_orders())  # noqa: CAX02
```

The page of CAX03 lists the other cures and what each costs. A service that shares the module with an API wants two
engines: a pooled one for the API, one with NullPool for the tasks.

## When it is silent
- `poolclass=NullPool`, also through `**options`, `options.update(…)`, a branch of the same factory, or an argument; but
  not where a worker is known to run the threads pool. `NullPool if settings.DEBUG else None` is not safe.
- The engine is disposed in a `finally` of the same coroutine.
- No bridge that makes a loop for each call reaches it.

## Measured
With `pool_pre_ping=True` every other call fails. psycopg and aiosqlite work until the pool runs short (LAB 3d to 3f).
Under the threads pool even NullPool fails on concurrent first use (LAB 3g).

## References
- SQLAlchemy, "Using multiple asyncio event loops":
  https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html#using-multiple-asyncio-event-loops
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.options import Pool
from flake8_celery_async.project.pairs import Excuse
from flake8_celery_async.project.wording import reached
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.semantics.catalog.null_pools import LENIENT_DRIVERS
from flake8_celery_async.semantics.resources import driver, is_thread_local
from flake8_celery_async.source.origins import Place


def check(context: Context) -> Iterator[Report]:
    """Yield the kept engines of the module."""
    for kept in context.project.kept_in(context.module):
        if kept.resource.row.kind != "engine":
            continue
        used = driver(kept.resource, context.project.evaluator)
        note = f" (with {used} it fails only when the pool is contended)" if used in LENIENT_DRIVERS else ""
        yield Report(
            kept.line,
            kept.column,
            f"the pool of '{kept.resource.name}' is kept between calls, but {kept.bridges}{note}; {kept.reached}",
            kept.pair,
        )
    yield from _shared_by_threads(context)


def _shared_by_threads(context: Context) -> Iterator[Report]:
    """Yield the kept engines with NullPool whose first connections two threads may open at the same time (LAB 3g)."""
    project = context.project
    seen: set[Place] = set()
    for use in project.worker.uses_made_in(context.module.path):
        resource = use.resource
        if resource.place in seen or not resource.kept or is_thread_local(resource):
            continue
        crossings = project.excuses.of(use).get(Excuse.NULL_POOL, 0) & project.under_threads
        if crossings:
            seen.add(resource.place)
            visit = project.worker.shortest(use.reached, crossings)
            threads = next(pool for pool in project.pools_at(visit).met if pool.pool is Pool.THREADS)
            yield Report(
                resource.place.line,
                resource.place.column,
                f"'{resource.name}' is shared by the threads of the threads pool ({threads.said}): its first "
                f"connections fail or hang when two tasks open them at once, even with NullPool; {reached(visit)}",
                visit,
            )


RULE = Rule(
    code="CAX05",
    slug="kept-async-engine",
    severity=Severity.ERROR,
    summary="An async engine with a pool is kept between calls that each run on a loop of their own.",
    page=__doc__ or "",
    check=check,
)
