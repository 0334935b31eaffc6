"""
## What it does
Reports a bridge in worker code that makes a loop for each call (`asyncio.run`, `async_to_sync`, `new_event_loop()` in
the same function, …) and whose coroutine reaches an async client, pool or engine that is kept between calls. There is
one finding at each bridge; it names the object. The object has a finding of its own: CAX04 or CAX05.

The thread's own loop (`get_event_loop()`, or a new one where there is none) counts as such a loop where it is seen to
end: another task's `asyncio.run` takes it away, or the threads pool runs and gives each thread one.

It also reports, as a hazard, such a bridge whose coroutine uses Django's ORM by its async methods or by
`sync_to_async`.

## Why it fails
The connections of the object belong to the loop that opened them. That loop is closed when the first call ends. The
second call in the same process meets them on another loop:

```
RuntimeError: Event loop is closed
RuntimeError: Task … got Future … attached to a different loop
InterfaceError: cannot perform operation: another operation is in progress
```

httpx, redis and openai fail every other call; aiohttp, asyncpg and SQLAlchemy with asyncpg fail every call after the
first. The server has executed the request of the failed call, so a retry does it twice.

Django's ORM works in a thread of asgiref's there. Celery renews the connection of the main thread only, so after a
restart of the database every call fails, for ever:

```
OperationalError: the connection is closed
```

## Example
```python
import asyncio

import httpx
from celery import shared_task

CLIENT = httpx.AsyncClient()  # noqa: CAX04


async def fetch(url: str) -> str:
    response = await CLIENT.get(url)
    return response.text


@shared_task
def refresh(url: str) -> str:
    return asyncio.run(fetch(url))
```

## Use instead
```python
import asyncio

import httpx
from celery import shared_task

RUNNER = asyncio.Runner()


async def fetch(url: str) -> str:
    async with httpx.AsyncClient() as client:
        response = await client.get(url)
    return response.text


@shared_task
def refresh(url: str) -> str:
    return RUNNER.run(fetch(url))
```

Cures that were proven, and what each costs:
- Make the object inside the coroutine (`async with`): 29 ms for each `httpx.AsyncClient`, 0.1 ms with a shared SSL
  context.
- One loop for the process, made after the fork, and the client kept: fastest; a coroutine that is timed out must be
  cancelled (CAX12).
- SQLAlchemy: `poolclass=NullPool`, or `await engine.dispose()` in a `finally` of the same coroutine.
- Sync clients, where the task does one thing at a time.
- Django's ORM: `async_to_sync(work)()`, which uses the main thread's connection, or `close_old_connections()` before
  and after in the function given to `sync_to_async`.

These were measured and do **not** cure it: `pool_pre_ping`, `--pool=solo`, disposing in `worker_process_init`,
disposing at the start of the next task, a cache keyed by process or thread, a test of `is_closed`.

## When it is silent
- The object is made inside the driven coroutine.
- It is closed in a `finally`, or as the last act, of the same coroutine, or on the same loop before it ends, also by a
  helper or by leaving an `async with`.
- It is cached by the running loop, or is a Motor client with `client.get_io_loop = asyncio.get_running_loop`.
- Nothing uses it but one receiver that runs once in the life of a process, such as one of `worker_init`.
- No task executes the bridge: it stands behind a test for a running loop, or for no `current_task`.
- Django's ORM under `async_to_sync`, or where the module calls `close_old_connections()`.
- An engine with `NullPool`; an httpx client with `Limits(max_keepalive_connections=0)`.
- A loop that outlives the call: one for the process, or the thread's own while nothing takes it away.
- Only an asyncio primitive is kept: that is CAX06, and CAX02 here.

## Measured
The same under solo, threads and gevent, and for redis and openai; aiohttp, asyncpg and SQLAlchemy with asyncpg fail at
every call after the first (LAB 3a to 3j). Six redis INCR tasks of which three failed left the
counter at 6 (LAB 3x). Django's ORM: LAB 17b.

## References
- SQLAlchemy, "Using multiple asyncio event loops":
  https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html#using-multiple-asyncio-event-loops
- Python, "Developing with asyncio": https://docs.python.org/3/library/asyncio-dev.html
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.project.wording import reached, stored
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.source.origins import Place


def check(context: Context) -> Iterator[Report]:
    """Yield the bridges of the module that share an object with another loop, each once."""
    seen: set[Place] = set()
    for pair in context.project.pairs_at(context.module):
        bridge = pair.bridge
        if bridge.place in seen:
            continue
        seen.add(bridge.place)
        yield Report(
            bridge.call.line,
            bridge.call.column,
            f"{bridge.name} {pair.ending}, but {stored(pair.resource)} keeps connections of it; {reached(pair.visit)}",
            pair,
        )
    for place, use in context.project.orm_uses_in(context.module):
        if place not in seen:
            yield Report(
                use.bridge.call.line,
                use.bridge.call.column,
                f"{use.bridge.name} uses Django's ORM ({use.text}) in a thread whose connection Celery never renews: "
                f"once it is lost, every call fails; {reached(use.visit)}",
                use.visit,
            )


RULE = Rule(
    code="CAX03",
    slug="stale-loop-bridge",
    severity=Severity.ERROR,
    summary="A loop made for each call runs a coroutine that uses a client kept between calls.",
    page=__doc__ or "",
    check=check,
)
