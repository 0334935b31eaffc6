"""
## What it does
Reports what starts or enters an event loop while one is running in the same thread:

- a bridge in an `async def`: `asyncio.run`, `loop.run_until_complete`, `Runner().run`, `async_to_sync(f)(…)`,
  `anyio.run`, …, also in the `except RuntimeError` that is meant to repair it;
- a call in an `async def` of a plain function that reaches a bridge; the message shows the way;
- a task called directly in an `async def` (`task(…)`, `task.run()`, `task.apply()`), or run in place by a signature
  (`task.s()()`, `group(…).apply()`), when the task reaches a bridge;
- the same in a function that the loop calls: `loop.call_soon(f)`, `task.add_done_callback(f)`;
- `nest_asyncio.apply()` in worker code, which hides the defect.

The place is always the coroutine's own line, because that is where the wrong step is taken: the helper may be right
for its sync callers.

## Why it fails
A thread runs one event loop at a time. Which error it is depends on the bridge:

```
RuntimeError: asyncio.run() cannot be called from a running event loop
RuntimeError: Cannot run the event loop while another loop is running
RuntimeError: This event loop is already running
RuntimeError: You cannot use AsyncToSync in the same thread as an async event loop - just await the async function …
RuntimeError: Already running asyncio in this thread
```

A fallback from `asyncio.run` to `new_event_loop().run_until_complete` fails for the same reason. `.apply()` does not
raise: the result says FAILURE, and nobody looks at it.

`nest_asyncio` makes `asyncio.run` and `run_until_complete` work inside a loop; `async_to_sync`, `Runner` and
`anyio.run` still fail. It also lets every `asyncio.run` of the process share one loop, so code that depends on it
breaks when it is removed.

## Example
```python
import asyncio


async def load_user(user_id: int) -> str:
    await asyncio.sleep(0)
    return f"user {user_id}"


def user_name(user_id: int) -> str:
    return asyncio.run(load_user(user_id))


async def endpoint(user_id: int) -> dict[str, str]:
    return {"name": user_name(user_id)}
```

## Use instead
```python
import asyncio


async def load_user(user_id: int) -> str:
    await asyncio.sleep(0)
    return f"user {user_id}"


async def endpoint(user_id: int) -> dict[str, str]:
    return {"name": await load_user(user_id)}
```

Where the sync function must stay, call it in a thread: `await asyncio.to_thread(user_name, user_id)`. The coroutine
then runs on a loop of its own, so it must not use clients of the caller's loop. A task is published (`task.delay(…)`)
or called in a thread (`await asyncio.to_thread(task, …)`).

## When it is silent
- The bridge, or the function that holds it, is handed to a thread or to another process: `asyncio.to_thread`,
  `run_in_executor`, `Thread(target=…)`, `executor.submit(asyncio.run, …)`, `sync_to_async`.
- The code asks for the running loop (`get_running_loop()`, `is_running()`, also through a helper) and goes another
  way when there is one, or its `except RuntimeError` takes a thread or schedules the coroutine.
- It stands under `if iscoroutinefunction(f)`, and the coroutine passes a plain function.
- No coroutine of the file calls the plain function that holds the bridge.
- The plain function has a decorator that is not known to call it here.
- `trio.run`: it runs beside an asyncio loop, and whether the coroutine runs on trio cannot be told.
- `asyncio.run` is replaced (`asyncio.run = …`) or `nest_asyncio.apply()` is called: then only the bridges that still
  fail are reported.
- Tests.

## Fix safety
No fix is offered. `asyncio.run(work())` to `await work()` in an `async def` is unsafe: the coroutine then shares the
loop, the context variables and the cancellation of its caller, and a function that was built for a loop of its own
may close what others use.

## Measured
Prefork, Python 3.11 and 3.13: all seven bridges fail with a loop running, nested in a task, called directly, and by
`.apply()`; `await asyncio.to_thread(task, …)` works (LAB 8a). With `nest_asyncio`, four of the seven work (LAB 8b).

## References
- Python, "Runners": https://docs.python.org/3/library/asyncio-runner.html
- asgiref, `AsyncToSync`: https://github.com/django/asgiref#function-wrappers
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.project.coroutines import BRIDGE, Meeting
from flake8_celery_async.project.nesting import applications
from flake8_celery_async.project.testing import is_test
from flake8_celery_async.project.wording import in_root, onward, reached
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.source.blocks import around
from flake8_celery_async.source.names import last_name

_EXPECTS = frozenset({"raises", "assertRaises", "assertRaisesRegex"})


def check(context: Context) -> Iterator[Report]:
    """Yield the bridges that coroutines of the module meet, and ``nest_asyncio.apply()``."""
    module, project = context.module, context.project
    if is_test(module):
        return
    yield from _patches(context)
    if not any(function.is_async for function in module.functions):
        return
    meetings = [m for m in project.coroutines.meetings(module, BRIDGE) if not _is_expected(m)]
    nestable = project.nestable if meetings else frozenset()  # a look at every module of the project
    for meeting in meetings:
        if meeting.chain.hit.name not in nestable:
            yield Report(meeting.call.line, meeting.call.column, _say(meeting), meeting)


def _say(meeting: Meeting) -> str:
    chain, coroutine = meeting.chain, meeting.function.qualname
    hit = chain.hit
    way = f"; {reached(meeting.visit)}" if meeting.visit is not None else ""
    if not chain.path:
        return f"{hit.name} cannot run in coroutine '{coroutine}', whose event loop is running in this thread{way}"
    via = onward(chain.path)
    if chain.task:
        return (
            f"task '{chain.task}' is called directly in coroutine '{coroutine}': it reaches {hit.name} ({hit.place})"
            f"{via}, which cannot run while an event loop is running{way}"
        )
    return (
        f"{chain.path[0]} reaches {hit.name} ({hit.place}){via}, which cannot run while the event loop of coroutine "
        f"'{coroutine}' is running{way}"
    )


def _is_expected(meeting: Meeting) -> bool:
    """Say whether the failure is what the code wants: ``with pytest.raises(RuntimeError)``."""
    return any(
        block.kind == "with" and any(last_name(value) in _EXPECTS for value in block.values)
        for _, block in around(meeting.function, meeting.call.block)
    )


def _patches(context: Context) -> Iterator[Report]:
    module = context.module
    for function, call in applications(module, context.project.evaluator):
        visit = context.project.worker.first(function)
        if visit is not None:
            where = in_root(visit)
        else:
            tasks = context.project.tasks_of(module)
            if function is not module.body or not tasks:
                continue
            where = f"the module has task '{tasks[0].name}' ({module.path}:{tasks[0].function.line})"
        yield Report(
            call.line,
            call.column,
            f"nest_asyncio.apply() hides nested event loops in this worker process and merges the loops of all "
            f"asyncio.run() calls; {where}",
            visit,
        )


RULE = Rule(
    code="CAX09",
    slug="nested-loop",
    severity=Severity.ERROR,
    summary="An event loop is started or entered while one is running in the same thread.",
    page=__doc__ or "",
    check=check,
)
