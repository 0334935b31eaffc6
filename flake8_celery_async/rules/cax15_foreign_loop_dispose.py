"""
## What it does
Reports an async engine, pool or client that worker code closes on an event loop its connections do not belong to:

- `asyncio.run(engine.dispose())`, or `asyncio.run(close_all())`, in a bridge that makes a loop for the call and does
  nothing else with the object;
- `await engine.dispose()` at the start of a coroutine that uses the engine afterwards, on a new loop;
- an engine disposed in `worker_process_init` without `close=False`.

## Why it fails
The connections belong to the loop that opened them, and that loop is closed. Closing them on another one logs and
raises:

```
Exception closing connection <AdaptedConnection …>
```

The connection is torn down and not closed. Where its loop is closed already, the process keeps its descriptor open,
one more with each call.

In `worker_process_init` the pool that the child has inherited holds the parent's connections. A plain `dispose()`
closes them, and the parent finds out:

```
OperationalError: consuming input failed: server closed the connection unexpectedly
```

## Example
```python
import asyncio

from celery import shared_task
from sqlalchemy.ext.asyncio import create_async_engine

RUNNER = asyncio.Runner()
engine = create_async_engine("postgresql+asyncpg:///shop")


async def count_orders() -> int:
    async with engine.connect() as connection:
        return (await connection.exec_driver_sql("select count(*) from orders")).scalar_one()


@shared_task
def report() -> int:
    count = RUNNER.run(count_orders())
    asyncio.run(engine.dispose())  # the finding
    return count
```

## Use instead
```python
import asyncio

from celery import shared_task
from sqlalchemy.ext.asyncio import create_async_engine

RUNNER = asyncio.Runner()
engine = create_async_engine("postgresql+asyncpg:///shop")


async def count_orders() -> int:
    try:
        async with engine.connect() as connection:
            return (await connection.exec_driver_sql("select count(*) from orders")).scalar_one()
    finally:
        await engine.dispose()


@shared_task
def report() -> int:
    return RUNNER.run(count_orders())
```

In `worker_process_init`, where the connections are to be forgotten and not closed, these are right:
`engine.sync_engine.dispose(close=False)` and `asyncio.run(engine.dispose(close=False))`.

## When it is silent
- The same coroutine, or another one driven on the same loop, has used the object before it closes it; also when it
  awaits something that cannot be seen.
- The loop outlives the call: then it is the loop the connections belong to.
- `close=False`; an engine with `NullPool`; an httpx client that keeps no connections.
- The object is made by the coroutine that closes it, or one bridge call of a process, in a receiver of a signal that is
  sent once, does all that is done with it.
- In `worker_process_init`, when the pools are known and none is prefork, or when the same run goes on to work with the
  engine and the parent is not seen to connect it.
- `engine.dispose()` of an async engine without `await`: that is CAX11.

## Measured
`asyncio.run(async_engine.dispose())` in `worker_process_init`: the children work, the parent's connection is killed;
with asyncpg `Exception closing connection` is logged (LAB 5e). Sync `dispose()` there: the same (LAB 5c).
`close=False`: no error in 4 times 60 calls (LAB 5a, 5d).

## References
- SQLAlchemy, "Using multiple asyncio event loops":
  https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html#using-multiple-asyncio-event-loops
- SQLAlchemy, `Engine.dispose(close=…)`:
  https://docs.sqlalchemy.org/en/20/core/connections.html#sqlalchemy.engine.Engine.dispose
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.project.openings import engines_of, is_left_open
from flake8_celery_async.project.startup import Run
from flake8_celery_async.project.wording import in_root, stored
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.source.module import Attribute
from flake8_celery_async.source.origins import Method, Place


def check(context: Context) -> Iterator[Report]:
    """Yield the closings on a foreign loop whose bridge or whose call stands in the module, each place once."""
    project = context.project
    seen: set[Place] = set()
    for use, crossing, visit, place, is_alone in project.closings_in(context.module):
        run = project.started.get(crossing.bridge.frame.function) if use.resource.row.kind == "engine" else None
        if run is not None:
            message = _inherited(stored(use.resource), run)
        else:
            what = f"{crossing.bridge.name} closes" if is_alone else f"{use.method}() closes, before anything else,"
            message = f"{what} {stored(use.resource)} on a loop that its connections do not belong to; {in_root(visit)}"
        if place not in seen and (run is None or project.may_fork(context.module)):
            seen.add(place)
            yield Report(place.line, place.column, message, visit)
    yield from _sync_engines(context)


def _inherited(what: str, run: Run) -> str:
    return f"{what} is disposed {run.said} without close=False, which closes the connections of the worker's parent"


def _sync_engines(context: Context) -> Iterator[Report]:
    """Yield ``async_engine.sync_engine.dispose()`` in ``worker_process_init``."""
    project = context.project
    if not project.may_fork(context.module):
        return
    for run in project.started_in(context.module):
        function = run.frame.function
        for call in run.calls():
            receiver = call.function.value if isinstance(call.function, Attribute) else None
            if not isinstance(receiver, Attribute) or is_left_open(call):
                continue
            if not isinstance(call.function, Attribute) or call.function.name != "dispose":
                continue
            for origin in project.evaluator.origins(receiver, run.frame):
                if isinstance(origin, Method) and origin.name == "sync_engine" and not function.is_async:
                    for engine in engines_of(origin, project.evaluator):
                        name = engine.hold.name if engine.hold is not None else "engine"
                        where = f" ({engine.place})" if engine.place is not None else ""
                        yield Report(call.line, call.column, _inherited(f"'{name}'{where}", run))


RULE = Rule(
    code="CAX15",
    slug="foreign-loop-dispose",
    severity=Severity.HAZARD,
    summary="An async engine, pool or client is closed on a loop its connections do not belong to.",
    page=__doc__ or "",
    check=check,
)
