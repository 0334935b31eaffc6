"""
## What it does
Reports `.delay()`, `.apply_async()` and `.send_task()` on the event loop: in an `async def`, or in a plain function of
the project that one calls. It is off by default; `cax-enable = CAX17` turns it on.

## Why it fails
Sending a task is blocking network I/O, and Celery has no other form of it. While the broker is well, the loop stands
still for 2 to 3 ms, which is nearly harmless. When the broker or the result backend is not, every request of the
service waits with the one that sends. With a Redis result backend that is down, the loop stood still for 19 s and then
got:

```
RuntimeError: Retry limit exceeded while trying to reconnect to the Celery result store backend
```

A Redis broker that accepts connections but never answers blocked it for more than 45 s, because there is no time-out by
default.

## Example
```python
from celery import shared_task


@shared_task
def send_receipt(order_id: int) -> None:
    print(f"sending {order_id}")


async def checkout(order_id: int) -> dict[str, int]:
    send_receipt.delay(order_id)
    return {"order": order_id}
```

## Use instead
```python
import asyncio

from celery import shared_task


@shared_task
def send_receipt(order_id: int) -> None:
    print(f"sending {order_id}")


async def checkout(order_id: int) -> dict[str, int]:
    await asyncio.to_thread(send_receipt.delay, order_id)
    return {"order": order_id}
```

Or bound the wait and keep the call: `ignore_result=True` for tasks whose result nobody reads, a `retry_policy` in
`result_backend_transport_options`, and `socket_timeout` with `socket_connect_timeout` in `broker_transport_options`.

## When it is silent
- It is not enabled.
- The call is handed to a thread: `asyncio.to_thread(task.delay)`, a lambda given to an executor, `sync_to_async`.
- Only tasks run the coroutine, on a loop of their own: nothing else waits on that loop.
- It is awaited: that is CAX11, or another library (aio_celery).
- What is called is not known to be a task.
- Tests.

## Fix safety
Unsafe: `task.delay(x)` as `await asyncio.to_thread(task.delay, x)` lets other coroutines run in between.

## Measured
Python 3.11. Broker well: 0.18 s for the first call, then 2 to 3 ms (LAB 11e). Broker refuses: 0.6 s, also with
`retry=False` (LAB 11f). Broker mute: amqp 4.0 s, Redis still blocked after 45 s, 4.0 s with `socket_timeout=2`
(LAB 11g). Redis result backend down: 19.3 s; 0.01 s with a `retry_policy`, or for a task with `ignore_result=True`
(LAB 11h).

## References
- Celery, "Calling Tasks": https://docs.celeryq.dev/en/stable/userguide/calling.html
- Celery, "Configuration", result_backend_transport_options and broker_transport_options:
  https://docs.celeryq.dev/en/stable/userguide/configuration.html
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.project.coroutines import PUBLISH, Meeting
from flake8_celery_async.project.testing import is_test
from flake8_celery_async.project.wording import onward
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.source.grouping import grouped
from flake8_celery_async.source.module import Function, Module
from flake8_celery_async.source.names import last_name


def check(context: Context) -> Iterator[Report]:
    """Yield the calls in coroutines of the module that send a task, when the user wants to know."""
    module, project = context.module, context.project
    if "CAX17" not in context.options.enable or is_test(module):
        return
    if not any(function.is_async for function in module.functions):
        return
    meetings = [*project.coroutines.meetings(module, PUBLISH)]
    of_tasks = _of_tasks(context) if meetings else frozenset()
    for meeting in meetings:
        if meeting.function not in of_tasks:
            yield Report(meeting.call.line, meeting.call.column, _say(meeting), meeting)


def _of_tasks(context: Context) -> frozenset[Function]:
    """Return the functions of the module that only tasks run, on a loop of that call only; nothing else waits there."""
    functions = context.module.functions
    known = {function: _is_seen_of_task(function, context) for function in functions}
    found = {function for function, answer in known.items() if answer}
    # The bridge may stand in another module: ``run_async(collect())``. Then all callers have to be of tasks.
    open_by_name = grouped([f for f in functions if known[f] is None], lambda function: function.name)
    others = _callers(context.module)
    waiting = [*found]
    while waiting:
        caller = waiting.pop()
        for name in {last_name(call.function) for call in caller.calls}:
            others[name].discard(caller)
            left = others[name]
            proven = open_by_name.get(name, []) if not left else [*left] if len(left) == 1 else []
            for function in proven:
                if function not in found and function.name == name and known[function] is None:
                    found.add(function)
                    waiting.append(function)
    return frozenset(found)


def _is_seen_of_task(function: Function, context: Context) -> bool | None:
    """Say whether only tasks run a function; None for a coroutine of which only its callers can tell."""
    project = context.project
    crossings = project.worker.crossings_to(function)
    if project.task_of(function) is not None:
        return True
    if crossings:
        return bool(crossings & ~project.worker.to_threads)
    return None if function.is_async else function in project.worker.visits


def _callers(module: Module) -> dict[str, set[Function]]:
    """Return the functions of a module by the names that they call."""
    calling: dict[str, set[Function]] = {}
    for function in module.functions:
        for call in function.calls:
            calling.setdefault(last_name(call.function), set()).add(function)
    return calling


def _say(meeting: Meeting) -> str:
    path, hit, coroutine = meeting.chain.path, meeting.chain.hit, meeting.function.qualname
    if not path:
        return f"{hit.name} talks to the broker and blocks the event loop of coroutine '{coroutine}' meanwhile"
    via = onward(path)
    return (
        f"{path[0]} reaches {hit.name} ({hit.place}){via}, which talks to the broker and blocks the event loop of "
        f"coroutine '{coroutine}' meanwhile"
    )


RULE = Rule(
    code="CAX17",
    slug="publish-in-coroutine",
    severity=Severity.ADVICE,
    summary="A coroutine sends a task, and the event loop waits for the broker.",
    page=__doc__ or "",
    check=check,
    opt_in="the sending of tasks in coroutines",
)
