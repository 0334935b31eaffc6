"""
## What it does
Reports a bridge in worker code that makes an event loop for each call: `asyncio.run`, `async_to_sync`, `anyio.run`,
a `new_event_loop()` of its own, also one that runs in a thread started for the call. It is reported once, at the
bridge, also when a helper holds it.

If the coroutine reaches a client or an engine that outlives the loop, the finding is CAX03 instead.

## Why it fails
It does not fail by itself; this is advice. Each call makes a loop and throws it away. Nothing can be kept between two
tasks: every client, pool and TLS context has to be made anew inside the coroutine. The next person who keeps one
in a module gets CAX03 in production.

## Example
```python
import asyncio

from celery import shared_task


async def add_points(user_id: int) -> int:
    await asyncio.sleep(0)
    return user_id


@shared_task
def reward(user_id: int) -> int:
    return asyncio.run(add_points(user_id))
```

## Use instead
```python
import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()  # lazy: its loop is made on first use, in the process that uses it


async def add_points(user_id: int) -> int:
    await asyncio.sleep(0)
    return user_id


@shared_task
def reward(user_id: int) -> int:
    return RUNNER.run(add_points(user_id))
```

One runner serves one thread: under the threads pool use one loop thread for the process. Do not keep a runner in tasks
with a soft time limit unless it cancels what is left over (CAX12).

`asyncio.run` is right, and worth a `# noqa: CAX02`, where everything is made and closed inside the coroutine and the
task is rare or long.

## When it is silent
- The bridge is not reached from a task or from a worker signal receiver.
- The loop outlives the call.
- It is the fallback in the `except` of another bridge, which has the finding.
- `async_to_sync(channel_layer.group_send)(…)` of Django Channels, whose layers know about loops.
- The bridge only closes something (CAX15), shares a kept object (CAX03), leaves its loop open (CAX07), contradicts
  the pool (CAX20) or gets nothing that it could run (CAX11): one finding is enough.
- In a thread of gevent's hub or of `eventlet.tpool`, the cure of CAX20.
- In a receiver that runs once in the life of a process, and in a thread that it starts.

## Measured
100 to 110 µs for each `asyncio.run`, 500 to 2,100 µs for each `async_to_sync`, 11 to 16 µs with a kept Runner (LAB 2).
A task that makes its clients anew takes 36 to 70 ms where one with kept clients takes 10 to 12 ms (LAB, "Details").

## References
- Python, "Runners": https://docs.python.org/3/library/asyncio-runner.html
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.project.clashes import in_real_thread
from flake8_celery_async.project.endings import runs_once
from flake8_celery_async.project.graph import Project
from flake8_celery_async.project.misdriven import drives_nothing
from flake8_celery_async.project.ways import Visit
from flake8_celery_async.project.wording import in_root
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.semantics.bridges import Bridge
from flake8_celery_async.semantics.running import asks
from flake8_celery_async.source.blocks import around
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.origins import Place, name_of


def check(context: Context) -> Iterator[Report]:
    """Yield the fresh bridges of the module that share nothing."""
    project = context.project
    told = (project.pairs.stale_loops, project.unclosed_loops)
    reported = (project.worker.only_closing, project.clashing, project.orm_uses)
    seen: set[Place] = set()
    for bridge, visit, _ in project.worker.crossings_in(context.module):
        if not bridge.is_fresh or bridge.group in seen or runs_once(visit.root):
            continue
        if any(bridge.group in loops for loops in told) or any(bridge.place in places for places in reported):
            continue
        seen.add(bridge.group)
        if _sends_to_channels(bridge, project.evaluator) or _is_fallback(bridge, project):
            continue
        if (
            _is_behind_a_running_loop(bridge, visit)
            or drives_nothing(bridge, project)
            or in_real_thread(bridge, visit, project.evaluator)
        ):
            continue
        yield Report(
            bridge.call.line,
            bridge.call.column,
            f"{bridge.name} {_makes(bridge)} for each call; {in_root(visit)}",
            visit,
        )


def _makes(bridge: Bridge) -> str:
    return "gets an event loop and a thread made" if bridge.anew else "makes an event loop"


def _is_behind_a_running_loop(bridge: Bridge, visit: Visit) -> bool:
    """Say whether a coroutine comes here, in a function that asks for the running loop: the thread is for that case."""
    return any(step.defined is None for step in visit.path) and asks(bridge.frame.function)


def _is_fallback(bridge: Bridge, project: Project) -> bool:
    """Say whether it stands in an ``except`` whose ``try`` holds a bridge that is reported already."""
    function = bridge.frame.function
    tried = {block.peer for _, block in around(function, bridge.call.block) if block.kind == "except"}
    return bool(tried) and not tried.isdisjoint(project.worker.blocks_with_bridges.get(function, ()))


def _sends_to_channels(bridge: Bridge, evaluator: Evaluator) -> bool:
    """Say whether a method of a Django Channels layer is driven, which the layer's documentation asks to be done so."""
    return any(name_of(origin).startswith("channels.layers.") for origin in bridge.origins(evaluator))


RULE = Rule(
    code="CAX02",
    slug="fresh-loop-per-call",
    severity=Severity.ADVICE,
    summary="A bridge in worker code makes an event loop for each call.",
    page=__doc__ or "",
    check=check,
)
