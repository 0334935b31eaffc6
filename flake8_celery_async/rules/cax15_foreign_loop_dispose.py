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
- The object is made by the coroutine that closes it.
- In `worker_process_init`, when the pools are known and none is prefork.
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
from flake8_celery_async.project.closings import Closing
from flake8_celery_async.project.openings import engines_of, is_left_open
from flake8_celery_async.project.startup import Run
from flake8_celery_async.project.ways import Use, Visit
from flake8_celery_async.project.wording import in_root, stored
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.semantics.bridges import FRESH
from flake8_celery_async.semantics.resources import has_null_pool, keeps_no_connection
from flake8_celery_async.source.module import ASYNC_ENTERED, ASYNC_ITERATED, AWAITED, Attribute, Call
from flake8_celery_async.source.origins import FunctionObject, Made, Method, Place

_HARMLESS = ("asyncio.", "anyio.", "logging.")
"""Prefixes of what a coroutine may await without using an engine."""


def check(context: Context) -> Iterator[Report]:
    """Yield the closings on a foreign loop whose bridge or whose call stands in the module, each place once."""
    project = context.project
    seen: set[Place] = set()
    starting = project.started
    for closing in project.closings_in(context.module):
        use, bridge, own = closing.use, closing.bridge, closing.own
        if (closing.call is not None and is_left_open(closing.call)) or not _belongs_to_loop(use, context):
            continue
        if use.resource.row.kind == "engine" and bridge.frame.function in starting:
            place, message = own, _inherited(stored(use.resource), starting[bridge.frame.function])
            if not project.may_fork(context.module) or _used_before(closing, context):
                continue
        elif bridge.loop == FRESH and not _made_inside(closing) and not _used_before(closing, context):
            alone = not _others(closing, context)
            place = own if alone else use.place
            what = f"{bridge.name} closes" if alone else f"{use.method}() closes, before anything else,"
            message = (
                f"{what} {stored(use.resource)} on a loop that its connections do not belong to; "
                f"{in_root(closing.visit)}"
            )
        else:
            continue
        if place.path == context.module.path and place not in seen:
            seen.add(place)
            yield Report(place.line, place.column, message, closing.visit)
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


# -- one closing -------------------------------------------------------------------------------------------------------


def _belongs_to_loop(use: Use, context: Context) -> bool:
    """Say whether the object may hold connections of another loop when it is closed."""
    evaluator = context.project.evaluator
    return not has_null_pool(use.resource, evaluator) and not keeps_no_connection(use.resource, evaluator)


def _way(visit: Visit) -> tuple[Place, ...]:
    """Return the calls that lead to the function that holds the bridge, or to the one that gives it the loop."""
    bridge = visit.bridge
    given = bridge is not None and any(
        isinstance(origin, Made) and origin.place == bridge.group
        for _, origins in bridge.frame.arguments
        for origin in origins
    )
    return tuple([step.place for step in visit.path[: visit.outside - (2 if given else 1)]])


def _is_apart(visit: Visit, closing: Closing) -> bool:
    """Say whether two visits share a helper's bridge but not the loop of one call of that helper."""
    own = closing.visit
    return closing.use.reached.holds_bridge and (_way(visit) != _way(own) or visit.root != own.root)


def _made_inside(closing: Closing) -> bool:
    """Say whether the object lives no longer than the loop: neither kept, nor made by the code around the bridge."""
    resource = closing.use.resource
    if resource.kept:
        return False
    return resource.made.frame is None or resource.made.frame.function is not closing.bridge.frame.function


def _same_loop(closing: Closing, context: Context) -> Iterator[tuple[Use, int, Visit]]:
    """Yield the other uses of the object on the loop, with the numbers of the crossings and the ways to them."""
    use, worker = closing.use, context.project.worker
    for other, number in worker.uses_on(closing.number, use.resource.place):
        visit = worker.by(number, other.reached)
        if (other.place != use.place or visit.path != closing.visit.path) and not _is_apart(visit, closing):
            yield other, number, visit


def _others(closing: Closing, context: Context) -> list[tuple[int, ...]]:
    """Return when, on the same loop, the object is used or something is awaited that cannot be seen."""
    found = [_when(visit, use.place.line) for use, _, visit in _same_loop(closing, context) if not use.closes]
    for visit in _visits(closing, context):
        found += [_when(visit, call.line) for call in visit.function.calls if _may_use(call, visit, context)]
    return found


def _used_before(closing: Closing, context: Context) -> bool:
    """Say whether the loop has, or may have, used the object before it closes it, or closes it again at the end."""
    if any(use.closes and use.final >> number & 1 for use, number, _ in _same_loop(closing, context)):
        return True
    closed = _when(closing.visit, closing.use.place.line)
    return any(when < closed for when in _others(closing, context))


def _when(visit: Visit, line: int) -> tuple[int, ...]:
    """Return a key that orders what one bridge or one loop does: the lines of the calls from where the loop is on."""
    bridge = visit.bridge
    given = visit.path[len(_way(visit)) : visit.outside - 1]
    first = bridge.call.line if bridge is not None else 0
    return (*[s.place.line for s in given], first, *[s.place.line for s in visit.path[visit.outside + 1 :]], line)


def _visits(closing: Closing, context: Context) -> list[Visit]:
    """Return what else runs on the loop."""
    return [visit for visit in context.project.worker.visits_on(closing.number) if not _is_apart(visit, closing)]


def _may_use(call: Call, visit: Visit, context: Context) -> bool:
    """Say whether a coroutine awaits something that is not in sight."""
    if call.use not in (AWAITED, ASYNC_ENTERED, ASYNC_ITERATED):
        return False
    evaluator = context.project.evaluator
    if any(isinstance(origin, FunctionObject) for origin in evaluator.origins(call.function, visit.frame)):
        return False
    names = evaluator.names(call.function, visit.frame)
    if names and all(name.startswith(_HARMLESS) for name in names):
        return False
    place = Place(visit.frame.module.path, call.line, call.column)
    return place not in context.project.worker.closing_places


RULE = Rule(
    code="CAX15",
    slug="foreign-loop-dispose",
    severity=Severity.HAZARD,
    summary="An async engine, pool or client is closed on a loop its connections do not belong to.",
    page=__doc__ or "",
    check=check,
)
