"""
## What it does
Reports asynchronous work that worker code starts and leaves behind:
- `create_task`, `ensure_future` or `gather` in a coroutine that a task drives, when nothing awaits the result and
  nothing gathers it before the driven coroutine ends;
- tasks given to a `wait()` that ends with the first one, when nobody asks which are left, and what
  `wait_for(shield(work()), …)` leaves behind after the time-out;
- a lasting loop or Runner in a task that has a soft time limit, when nothing cancels the coroutine that the limit
  interrupts;
- `run_coroutine_threadsafe(…).result(timeout=…)` when the time-out, or a soft time limit, does not cancel the future.

## Why it fails
`asyncio.run` cancels what is left when its coroutine ends. A task that was just started has often not run one line by
then; the Celery task succeeds. If it failed, there is only this in the log:

```
Task exception was never retrieved
```

On a loop that is kept, the left-over freezes when the driven coroutine ends and goes on **inside the next Celery
task** of that process, with the first one's arguments. A soft time limit makes the same: it raises out of
`run_until_complete`, not into the coroutine. Steps of two tasks, of which A was timed out before B began:

```
A5 B1 A6 B2 … A DONE
```

On a loop thread a time-out only ends the waiting. The coroutine goes on, and a retry starts a second one beside it.

## Example
```python
import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


async def audit(order_id: int) -> None:
    await asyncio.sleep(0.1)
    print(f"audited {order_id}")


async def ship(order_id: int) -> int:
    asyncio.create_task(audit(order_id))  # the finding
    return order_id


@shared_task
def ship_order(order_id: int) -> int:
    return RUNNER.run(ship(order_id))
```

## Use instead
```python
import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


async def audit(order_id: int) -> None:
    await asyncio.sleep(0.1)
    print(f"audited {order_id}")


async def ship(order_id: int) -> int:
    auditing = asyncio.create_task(audit(order_id))
    await auditing
    return order_id


@shared_task
def ship_order(order_id: int) -> int:
    return RUNNER.run(ship(order_id))
```

For a kept loop in a task with a soft time limit:

```
async def cancel_left() -> None:
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)

try:
    return LOOP.run_until_complete(work())
except BaseException:
    LOOP.run_until_complete(cancel_left())
    raise
```

Or close the Runner in the handler and make a new one. For a loop thread: `future.cancel()` and `raise` in an
`except BaseException`.

## When it is silent
- The task is awaited, gathered, waited for, iterated, cancelled, returned, stored in an attribute that something reads,
  or given to other code; a `wait()` for the first task whose second half is used, and any with a time-out alone.
- `TaskGroup.create_task`; coroutines driven on a loop thread, where the loop goes on.
- The coroutine or the bridge's function uses `asyncio.all_tasks`; the started coroutine is an endless loop under a
  bridge that closes its loop; it was given a queue or an event.
- Soft limit: a handler, a `finally`, a `task_prerun` or `task_postrun` receiver or a hook of the task class cancels
  what is left (closing a session or a file cancels nothing); `wait_for` bounds the coroutine; the known
  pools ignore soft limits.
- `fut.cancel()` in a handler for `BaseException` (or in a `finally`); `wait_for` inside.
- A time-out in a receiver that runs once in a process, where no second one begins beside it; outside worker code.

## Measured
`create_task` under `asyncio.run`: the body does not even start when the main coroutine does not yield, Python 3.11 and
3.13 (LAB 7f); on a kept Runner it resumes in the next task (LAB 7g). Soft limit on a kept loop: LAB 14e.
`result(timeout=…)` and the soft limit on a loop thread: the coroutine runs to its end; with `fut.cancel()` it is
cancelled (LAB 9c).

## References
- Python, `asyncio.create_task`: https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task
- Celery, "Workers Guide", Time Limits: https://docs.celeryq.dev/en/stable/userguide/workers.html#time-limits
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.project.coroutines import THREADSAFE
from flake8_celery_async.project.endings import runs_once
from flake8_celery_async.project.leftovers import (
    STARTER_NAMES,
    STARTERS,
    Fate,
    cleans,
    fate,
    is_endless,
    is_waited_for_otherwise,
    limited_tasks,
)
from flake8_celery_async.project.ways import Visit
from flake8_celery_async.project.wording import chain, in_root
from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.semantics.bridges import FRESH, Bridge
from flake8_celery_async.semantics.waits import TIMEOUTS, waits_again
from flake8_celery_async.source.handles import GATHERED, GIVEN, PASSED, STORED, follow
from flake8_celery_async.source.module import AWAITED, STATEMENT, Attribute, Call, Constant, Function, Value, of_facts
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import Coroutine, Frame, FunctionObject, Made, Place
from flake8_celery_async.source.paths import Cures, Spot, after_error

_SOFT_LIMITS = frozenset({"SoftTimeLimitExceeded", "Exception", "BaseException"})
_ALL_TASKS = frozenset({"all_tasks"})


def check(context: Context) -> Iterator[Report]:
    """Yield the places of the module where asynchronous work is left behind."""
    yield from _started(context)
    for found in context.project.interrupted:
        bridge, task, path = found.bridge, found.task, found.visit.path
        if bridge.frame.module is context.module:
            place = Place(task.module.path, task.function.line, task.function.column)
            said = f"the soft time limit of task '{task.name}' ({place}) interrupts {bridge.name} but not its coroutine"
            via = f"; reached via {chain(path)}" if path else ""
            said += f", which goes on inside the next task{via}"
            yield Report(bridge.call.line, bridge.call.column, said, found.visit)
    yield from _uncancelled(context)


# -- started and dropped -----------------------------------------------------------------------------------------------


def _started(context: Context) -> Iterator[Report]:
    evaluator = context.project.evaluator
    for function in context.module.functions:
        visit = _on_a_loop(function, context.project.worker)
        if visit is None:
            continue
        for call in function.calls:
            if last_name(call.function) in STARTER_NAMES:
                if STARTERS.isdisjoint(evaluator.names(call.function, visit.frame)):
                    continue
                what, container = fate(call, visit.frame, context.project.attributes_used)
                if what is Fate.LEFT and _starts_project_code(call, visit, context):
                    what = Fate.DROPPED
                if what is Fate.DROPPED and not _is_excused(call, visit, context):
                    kept = f" (kept in '{container}')" if container else ""
                    said = f"nothing waits for the task of {last_name(call.function)}(){kept}: {_end(visit)}"
                    yield Report(call.line, call.column, said, visit)
            elif call.use == AWAITED and last_name(call.function) == "wait_for":
                yield from _shielded(call, visit, context)
            elif call.use == STATEMENT:
                for origin in evaluator.origins(call.function, visit.frame):
                    if isinstance(origin, FunctionObject) and not origin.function.is_async:
                        if _hands_out_a_task(origin.frame, context) and not _is_excused(call, visit, context):
                            place = Place(origin.module.path, origin.function.line, origin.function.column)
                            by = f"{origin.function.name}() ({place})"
                            said = f"nothing waits for the task that {by} starts: {_end(visit)}"
                            yield Report(call.line, call.column, said, visit)
                            break


def _starts_project_code(call: Call, visit: Visit, context: Context) -> bool:
    """Say whether a call is given a coroutine of the project: a ``sleep()`` that is left loses nothing."""
    evaluator = context.project.evaluator
    return any(isinstance(o, Coroutine) for value in call.arguments[:1] for o in evaluator.origins(value, visit.frame))


def _shielded(call: Call, visit: Visit, context: Context) -> Iterator[Report]:
    """Yield what is made for ``wait_for(shield(work()), limit)``: after the time-out nobody has it."""
    limit, given = call.argument(1, "timeout"), call.argument(0, "fut")
    if limit in (None, Constant(None)) or not isinstance(given, Call):
        return
    if _SHIELDS.isdisjoint(context.project.evaluator.names(given.function, visit.frame)):
        return
    if any(isinstance(value, Call) for value in given.arguments[:1]) and _starts_project_code(given, visit, context):
        if not _is_excused(given, visit, context):
            said = f"nothing waits for what shield() keeps going after the time-out of wait_for(): {_end(visit)}"
            yield Report(given.line, given.column, said, visit)


_SHIELDS = frozenset({"asyncio.shield", "asyncio.tasks.shield"})


def _on_a_loop(function: Function, worker: WorkerCode) -> Visit | None:
    """Return the first visit of a function that runs on a loop which ends or stops with the Celery task."""
    for reached in worker.reached.get(function, ()):
        if reached.crossings & ~worker.to_threads and not reached.passed:
            return worker.shortest(reached, ~worker.to_threads)
    return None


def _hands_out_a_task(frame: Frame, context: Context) -> bool:
    evaluator = context.project.evaluator
    return any(
        last_name(call.function) in STARTER_NAMES
        and not STARTERS.isdisjoint(evaluator.names(call.function, frame))
        and fate(call, frame, ())[0] is Fate.RETURNED
        for call in frame.function.calls
    )


def _is_excused(call: Call, visit: Visit, context: Context) -> bool:
    evaluator, bridge = context.project.evaluator, visit.bridge
    if bridge is None or is_waited_for_otherwise(call, visit.frame, evaluator):
        return True
    if bridge.loop == FRESH and is_endless(call, visit.frame, evaluator):
        return True
    return _collects(bridge, context)


def _collects(bridge: Bridge, context: Context) -> bool:
    """Say whether the function of a bridge, or what the bridge drives, uses ``asyncio.all_tasks``."""
    if cleans(bridge.frame, context.project.evaluator, _ALL_TASKS):
        return True
    worker = context.project.worker
    return bool(worker.loop_at(bridge.group) & worker.collecting)


def _end(visit: Visit) -> str:
    bridge = visit.bridge
    name = bridge.name if bridge is not None else "the bridge"
    if bridge is not None and bridge.loop == FRESH:
        return f"it is cancelled when {name} ends, often before it starts; {in_root(visit)}"
    return f"it stops when {name} ends and goes on inside the next task; {in_root(visit)}"


# -- waiting given up --------------------------------------------------------------------------------------------------


class _Cancels(NamedTuple):
    """The calls of ``cancel()`` in one function, as what makes a wait good that is given up."""

    picks: bool
    """Whether the function asks for all tasks, so that any of them may be the one."""
    any: Cures
    by_owner: dict[Value, Cures]


@of_facts
def _cancels(function: Function) -> _Cancels:
    spots: dict[Value, list[Spot]] = {}
    for call in function.calls:
        if isinstance(call.function, Attribute) and call.function.name == "cancel":
            spots.setdefault(call.function.value, []).append(Spot(call.block, call.line))
    picks = any(last_name(call.function) == "all_tasks" for call in function.calls)
    every = Cures(function, [spot for found in spots.values() for spot in found])
    return _Cancels(picks, every, {owner: Cures(function, found) for owner, found in spots.items()})


@of_facts
def _last_calls(function: Function) -> dict[Value, int]:
    """Return the line of the last call of each callee."""
    return {call.function: call.line for call in sorted(function.calls, key=lambda call: call.line)}


def _uncancelled(context: Context) -> Iterator[Report]:
    project = context.project
    for function in context.module.functions:
        waits = [] if function.is_async else [call for call in function.calls if _waits_with_timeout(call)]
        reached = project.worker.visits.get(function, []) if waits else []
        visits = [visit for visit in reached if visit.bridge is None and not runs_once(visit.root)]
        for call in waits if visits else []:
            visit, callee = visits[0], call.function
            if not isinstance(callee, Attribute):
                continue
            futures = [
                o
                for o in project.evaluator.origins(callee.value, visit.frame)
                if isinstance(o, Made) and f"{o.name}()" == THREADSAFE
            ]
            if not futures or any(_is_bounded(o, context) or _is_shared(o, visit.frame) for o in futures):
                continue
            if _last_calls(function)[callee] > call.line:
                continue  # it waits again: the first time-out ends nothing
            spot = Spot(call.block, call.line)
            cancels = _cancels(function)
            # ``all_tasks`` picks the coroutine's own task
            cures = cancels.any if cancels.picks else cancels.by_owner.get(callee.value) or Cures(function, ())
            if not waits_again(call, function) and not after_error(function, spot, cures, TIMEOUTS):
                yield Report(
                    call.line,
                    call.column,
                    "the time-out of run_coroutine_threadsafe().result() ends the waiting but not the coroutine, which "
                    f"goes on in the loop's thread; {in_root(visit)}",
                    visit,
                )
            elif not after_error(function, spot, cures, _SOFT_LIMITS):
                limited = [task.function for task in limited_tasks(project)]
                hit = next((v for v in visits if v.root.task is not None and v.root.task.function in limited), None)
                if hit is not None:
                    yield Report(
                        call.line,
                        call.column,
                        "the soft time limit ends run_coroutine_threadsafe().result() but not the coroutine, which "
                        f"goes on in the loop's thread; {in_root(hit)}",
                        hit,
                    )


def _waits_with_timeout(call: Call) -> bool:
    if last_name(call.function) != "result":
        return False
    limit = call.argument(0, "timeout")
    return limit is not None and limit != Constant(None)


def _is_bounded(future: Made, context: Context) -> bool:
    """Say whether the coroutine has a time-out of its own: ``run_coroutine_threadsafe(wait_for(work(), 20), loop)``."""
    if future.call is None or future.frame is None:
        return False
    return any(
        "asyncio.wait_for()" in context.project.evaluator.names(value, future.frame)
        for value in future.call.arguments[:1]
    )


def _is_shared(future: Made, frame: Frame) -> bool:
    """Say whether the function gives the future to somebody who may cancel it."""
    if future.call is None or future.frame is None or future.frame.function is not frame.function:
        return False
    handle = follow(frame.module, frame.function, future.call)
    return any(use.kind in (PASSED, STORED, GATHERED, GIVEN) for use in handle.uses)


RULE = Rule(
    code="CAX12",
    slug="orphaned-coroutine",
    severity=Severity.ERROR,
    summary="Asynchronous work is left running, or cut off, when the task that started it ends.",
    page=__doc__ or "",
    check=check,
)
