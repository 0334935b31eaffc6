"""
## What it does
Reports `asyncio.get_event_loop()` in sync worker code where nothing has set a loop for the thread. The message names
what makes it fail here:
- the pool (`threads` or `gevent`, from `cax-pool`, start commands or the Celery configuration), or a thread of its own;
- a bridge in the same worker that takes the thread's loop away: `asyncio.run`, `with asyncio.Runner()`, `anyio.run`;
- a `close()` of that very loop;
- else Python 3.14, once a function, where `requires-python` or the image of a Dockerfile says that the project may run
  on it.

It also reports `create_task`, `ensure_future`, `gather`, `Future` and `get_running_loop` where no loop can be running:
in sync worker code. That is an error in every pool and on every Python, but for `ensure_future` and `gather` whose
future is then run on the thread's own loop: they fail where `get_event_loop()` does, and are reported in its place.

## Why it fails
`get_event_loop()` makes a loop only on the main thread, only the first time, and only up to Python 3.13. In the
threads and gevent pools a task does not run on the main thread. `asyncio.run` removes the main thread's loop when it
ends, for the rest of the process, so a project that uses both fails in task order:

```
RuntimeError: There is no current event loop in thread 'MainThread'.
RuntimeError: There is no current event loop in thread 'ThreadPoolExecutor-0_0'.
```

After a `close()` the call still gives the closed loop:

```
RuntimeError: Event loop is closed
```

The functions that need a running loop:

```
RuntimeError: no running event loop
ValueError: The future belongs to a different loop than the one specified as the loop argument
```

`ensure_future` in a process that is still fresh does not even raise: the task succeeds and the coroutine never runs.

## Example
```python
import asyncio

from celery import shared_task


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


@shared_task
def refresh_feed(feed_id: int) -> int:
    return asyncio.get_event_loop().run_until_complete(refresh(feed_id))  # the finding


@shared_task
def check_feed(feed_id: int) -> int:
    return asyncio.run(refresh(feed_id))  # noqa: CAX02
```

## Use instead
```python
import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


@shared_task
def refresh_feed(feed_id: int) -> int:
    return RUNNER.run(refresh(feed_id))


@shared_task
def check_feed(feed_id: int) -> int:
    return RUNNER.run(refresh(feed_id))
```

A Runner serves one thread. Under the threads pool use a loop thread, or `asyncio.run` where nothing is kept between
calls.

`gather`, `create_task` and the like belong into a coroutine: `async def main(): return await asyncio.gather(…)`.

## When it is silent
- A loop is set first: in the function, by a helper it calls, by a caller, by a `task_prerun` receiver; and, as long as
  no pool with threads is known, by `worker_process_init`, another worker signal, or at import.
- `try: asyncio.get_event_loop()` with a handler for `RuntimeError` that makes a loop; where something closes the loop,
  it must also ask `is_closed()`.
- `try: asyncio.get_running_loop()` with `except RuntimeError` (also `get_event_loop()`): a question, not a use.
- In a receiver that runs before the tasks (`celeryd_init`, `worker_init`, `worker_process_init`, `worker_ready`),
  of what a task or a later receiver takes away; in one that runs once, of its own `close()`.
- Under `if iscoroutinefunction(f)` where the tasks pass plain functions only.
- In coroutine code, and in functions given to code that cannot be seen.
- A pool that awaits coroutines, as for CAX01, or `cax-pool = custom`: it may have a loop.

`async_to_sync` and an open `Runner` leave the thread's loop as it is, and are not named as a cause.

## Measured
The same under solo, and after a Runner that was closed (LAB 4c, 4c''). On a closed loop the second call raises (LAB
4d). `create_task`, `ensure_future` and `gather` outside a coroutine: LAB 7d, 7e, 7h. Python 3.14 was not measured; the
statement is from its documentation.

## References
- Python, `asyncio.get_event_loop`: https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.get_event_loop
- Python 3.14, "What's New", asyncio: https://docs.python.org/3/whatsnew/3.14.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.options import Pool
from flake8_celery_async.project.driving import has_async_pool
from flake8_celery_async.project.endings import runs_first, runs_once
from flake8_celery_async.project.graph import Project
from flake8_celery_async.project.pools import PoolUse
from flake8_celery_async.project.ways import Visit
from flake8_celery_async.project.wording import in_root
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.semantics.catalog.bridges import (
    HANDOVERS,
    IMPLICIT_LOOP_GETTERS,
    LOOP_GETTERS,
    RUNNING_LOOP_GETTERS,
)
from flake8_celery_async.semantics.current_loop import (
    checks_closed,
    expects_none,
    is_guarded,
    sets_loop,
)
from flake8_celery_async.semantics.idle import is_out_of_reach, mentions_its_world
from flake8_celery_async.semantics.loops import DRIVES
from flake8_celery_async.semantics.resources import innermost
from flake8_celery_async.semantics.running import asks
from flake8_celery_async.source.blocks import always_after
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.handles import BOUND, METHOD, Handle, follow
from flake8_celery_async.source.module import STATEMENT, Attribute, Call, Collection, Function, Starred
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import Coroutine, Frame, Literal, Made, Place

_NEEDS_RUNNING = frozenset({"asyncio.create_task", "asyncio.tasks.create_task"}) | RUNNING_LOOP_GETTERS
_NEEDS_CURRENT = frozenset(
    {
        "asyncio.ensure_future", "asyncio.gather", "asyncio.Future", "asyncio.tasks.ensure_future",
        "asyncio.tasks.gather", "asyncio.futures.Future",
    }
)  # fmt: skip
"""These take the loop of the thread, running or not."""
_LAST_NAMES = frozenset(name.rpartition(".")[2] for name in (*IMPLICIT_LOOP_GETTERS, *_NEEDS_RUNNING, *_NEEDS_CURRENT))
_OFF_MAIN_THREAD = (Pool.THREADS, Pool.GEVENT)
"""The pools that run tasks where the main thread's loop cannot be seen (LAB 4c')."""
_SCHEDULES = frozenset({"create_task", "call_soon", "call_later"})


_GETTER = "get_event_loop()"
_ASKING = ("get_running_loop", "is_running", "_get_running_loop")


def check(context: Context) -> Iterator[Report]:
    """Yield the places of the module that rely on a loop which sync worker code does not have."""
    project = context.project
    if has_async_pool(project):
        return
    for function in context.module.functions:
        calls = (
            [call for call in function.calls if last_name(call.function) in _LAST_NAMES]
            if not function.is_async
            else []
        )
        if not calls:
            continue
        visits = [v for v in project.worker.visits.get(function, ()) if v.bridge is None and not v.passed]
        if not visits:
            continue
        is_told = False
        every = visits
        raising: list[Call] = []
        for call in sorted(calls, key=lambda call: (call.line, call.column)):
            visits = [visit for visit in every if _reaches(visit, call, project.evaluator)]
            if not visits:
                continue
            names = set(project.evaluator.names(call.function, visits[0].frame))
            relies = bool(names & IMPLICIT_LOOP_GETTERS)
            if names & _NEEDS_RUNNING:
                said = _running(call, visits[0], project)
            elif names & _NEEDS_CURRENT:
                said, relies = _future(call, visits, project)
            else:
                said = ""
            if relies and not any(always_after(function, other, call) for other in raising):
                said = _current(call, visits, project)
                raising += [call] if said else []
                if not said and not is_told and project.allows_python_3_14:
                    said = _later(call, visits, project)
                    is_told = bool(said)
            if said:
                yield Report(call.line, call.column, said, visits[0])


def _reaches(visit: Visit, call: Call, evaluator: Evaluator) -> bool:
    """Say whether a call of a function is executed when worker code comes this way."""
    if not mentions_its_world(visit.function):
        return True
    return not is_out_of_reach(visit.frame, call.block, call.line, evaluator, visit.root.task is not None)


# -- get_event_loop() --------------------------------------------------------------------------------------------------


def _current(call: Call, visits: list[Visit], project: Project) -> str:
    """Return what is wrong with asking for the thread's loop, or an empty string."""
    visit = visits[0]
    frame = visit.frame
    name = f"{last_name(call.function)}()"
    if name == _GETTER and _schedules_only(follow(frame.module, frame.function, call)):
        return f"get_event_loop() gives a loop that nothing runs, so what is put on it never runs; {in_root(visit)}"
    if not checks_closed(frame.function):
        closed = _closed(visits, project)
        if closed:
            gives = "gives" if name == _GETTER else "takes"
            return f"{name} {gives} a closed loop from the second call on ({closed}); {in_root(visit)}"
    unset = _without_loop(call, visits, project)
    if not unset:
        return ""
    threaded = next((v for v in unset if _in_thread(v, project)), None)
    if threaded is not None:
        return f"{name} raises in a thread of its own, where no loop is set; {in_root(threaded)}"
    for visit in unset:
        for use in _elsewhere(visit, project):
            where = f"the {use.pool.value} pool ({use.said})"
            return f"{name} raises in {where}, where tasks run outside the main thread; {in_root(visit)}"
    for visit in [] if _is_custom(unset[0], project) else unset:
        taker = project.endings.taker(visit)
        if taker is not None:
            by = f"{taker.name} ({taker.place})"
            return f"{name} raises once {by} has run, which takes the thread's loop away; {in_root(visit)}"
    return ""


def _later(call: Call, visits: list[Visit], project: Project) -> str:
    """Return what will be wrong on Python 3.14 with asking for the thread's loop, or an empty string."""
    unset = _without_loop(call, visits, project)
    if not unset or _is_custom(unset[0], project):
        return ""
    name = f"{last_name(call.function)}()"
    return f"{name} works up to Python 3.13, and raises on 3.14 where no loop is set; {in_root(unset[0])}"


def _without_loop(call: Call, visits: list[Visit], project: Project) -> list[Visit]:
    """Return the ways to a call on which nothing sets a loop for it, and it stands in no guard."""
    frame, evaluator = visits[0].frame, project.evaluator
    if is_guarded(call, frame, evaluator, project.options) or expects_none(call, frame.function, only=True):
        return []
    return [v for v in visits if not _is_set(call, v, project, bool(_elsewhere(v, project)) or _in_thread(v, project))]


def _is_custom(visit: Visit, project: Project) -> bool:
    """Say whether all pools that run this are none of Celery's own, which may set a loop."""
    known = project.pools_at(visit).every
    return bool(known) and all(use.pool is Pool.CUSTOM for use in known)


def _elsewhere(visit: Visit, project: Project) -> list[PoolUse]:
    """Return the pools in which a task runs outside the main thread."""
    return [use for use in project.pools_at(visit).met if use.pool in _OFF_MAIN_THREAD]


def _schedules_only(handle: Handle) -> bool:
    """Say whether all that is done with a loop is to put something on it."""
    methods = {use.name for use in handle.uses if use.kind == METHOD}
    return bool(methods & _SCHEDULES) and all(
        use.kind == METHOD and use.name not in DRIVES and use.name != "is_running" for use in handle.uses
    )


def _is_set(call: Call, visit: Visit, project: Project, elsewhere: bool) -> bool:
    """Say whether a loop is set before; ``elsewhere``: the task may run in a thread that is not the main one."""
    evaluator, frame = project.evaluator, visit.frame
    if sets_loop(frame, evaluator, call.line, call.block):
        return True
    for step in visit.path:
        caller = _caller(step.place, project)
        if caller is not None and sets_loop(caller, evaluator, step.place.line):
            return True
    loops = project.thread_loops
    if elsewhere:
        return "worker" in loops.processes
    return bool(loops.processes) or loops.is_set_at_import or loops.is_set_by(frame.module)


def _caller(place: Place, project: Project) -> Frame | None:
    module = project.at(place.path)
    return None if module is None else project.evaluator.frame(module, innermost(module, place))


def _in_thread(visit: Visit, project: Project) -> bool:
    """Say whether a call on the way hands the function to a thread (not to a process, whose main thread is its own)."""
    if not visit.threaded:
        return False
    for step in visit.path:
        caller = _caller(step.place, project)
        for call in caller.function.calls if caller is not None else ():
            if (call.line, call.column) == step.place[1:] and caller is not None:
                for name in project.evaluator.names(call.function, caller):
                    row = HANDOVERS.get(name.removesuffix("()"))
                    if row is not None:
                        return row.where == "thread"
    return False


def _closed(visits: list[Visit], project: Project) -> str:
    """Return where the thread's loop is closed before a call of these visits to a function, or an empty string.

    What runs once meets no loop that it closes itself; before all tasks it meets none that a task closes.
    """
    once = all(runs_once(visit.root) for visit in visits)
    first = all(runs_first(visit.root) for visit in visits)
    for visit, place in project.thread_loops.closings:
        own = visit.function is visits[0].function
        if (own and not once) or (not own and not first and visit.root.task is not None):
            return f"it is closed at {place}"
    return ""


# -- what needs a coroutine around it ----------------------------------------------------------------------------------


def _running(call: Call, visit: Visit, project: Project) -> str:
    """Return what is wrong with a call that needs a running loop."""
    function = visit.function
    others = function.calls
    if expects_none(call, function) or is_guarded(call, visit.frame, project.evaluator, project.options):
        return ""
    if any(c is not call and last_name(c.function) in _ASKING for c in others):
        return ""
    return f"{last_name(call.function)}() raises outside a coroutine: no event loop is running; {in_root(visit)}"


class _OfFuture(NamedTuple):
    """What is wrong with a future that is made outside a coroutine."""

    said: str
    relies: bool
    """Whether that is what is wrong with asking for the thread's loop at this place, if anything."""


_NOTHING = _OfFuture("", False)


def _future(call: Call, visits: list[Visit], project: Project) -> _OfFuture:
    """Return what is wrong with a future made outside a coroutine."""
    visit = visits[0]
    frame, evaluator = visit.frame, project.evaluator
    if call.keyword("loop") is not None or asks(frame.function) or expects_none(call, frame.function):
        return _NOTHING
    if last_name(call.function) != "Future" and not _starts_coroutine(call, frame, project):
        return _NOTHING  # futures know their loop
    unset = _without_loop(call, visits, project)
    if not unset:
        return _NOTHING
    name = f"{last_name(call.function)}()"
    place = Place(frame.module.path, call.line, call.column)
    bridge = project.thread_loops.driver(place)
    if bridge is None:
        handle = follow(frame.module, frame.function, call)
        unused = bool(handle.names) and all(use.kind in (METHOD, BOUND) for use in handle.uses)
        idle = call.use == STATEMENT or (unused and not _runs(frame.function))
        said = f"{name} outside a coroutine starts nothing: no event loop is running; {in_root(unset[0])}"
        return _OfFuture(said, False) if idle else _NOTHING
    if bridge.name in ("asyncio.run()", "Runner.run()"):
        if bridge.frame.function is frame.function and any(part is call for part in bridge.driven[:1]):
            return _NOTHING  # the future that asyncio.run() refuses has a code of its own
        refused = f"{bridge.name} ({bridge.place}) refuses"
        return _OfFuture(f"{name} outside a coroutine makes a future, which {refused}; {in_root(unset[0])}", False)
    callee = bridge.call.function
    loops = (
        [o for o in evaluator.origins(callee.value, bridge.frame) if isinstance(o, Made)]
        if isinstance(callee, Attribute)
        else []
    )
    if loops and not any(o.name in LOOP_GETTERS or o.hold is not None for o in loops):
        said = f"{name} outside a coroutine takes the thread's loop, not the one that {bridge.name} ({bridge.place}) "
        return _OfFuture(f"{said}runs; {in_root(unset[0])}", False)
    return _OfFuture("", bool(loops) and all(o.name in IMPLICIT_LOOP_GETTERS for o in loops))


def _starts_coroutine(call: Call, frame: Frame, project: Project) -> bool:
    """Say whether the first argument is a coroutine, or a display or comprehension of them."""
    for value in call.arguments[:1]:
        for origin in project.evaluator.origins(value.value if isinstance(value, Starred) else value, frame):
            if isinstance(origin, Coroutine):
                return True
            if isinstance(origin, Literal) and isinstance(origin.value, Collection):
                for part in origin.value.values[:1]:
                    if any(isinstance(o, Coroutine) for o in project.evaluator.origins(part, origin.frame)):
                        return True
    return False


def _runs(function: Function) -> bool:
    return any(last_name(call.function) in DRIVES for call in function.calls)


RULE = Rule(
    code="CAX08",
    slug="implicit-loop",
    severity=Severity.HAZARD,
    summary="Sync worker code relies on an event loop that nobody has set or that is not running.",
    page=__doc__ or "",
    check=check,
)
