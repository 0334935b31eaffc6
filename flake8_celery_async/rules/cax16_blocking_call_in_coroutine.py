"""
## What it does
Reports a call that stops the event loop until it is done, in an `async def` or in a plain function that it calls:

- `time.sleep`, `input`;
- sync HTTP: requests, urllib, urllib3, `httpx.get`, `httpx.Client`;
- sync databases and stores: SQLAlchemy sessions and connections, psycopg, PyMySQL, sqlite3, redis, pymongo,
  Elasticsearch;
- processes and sockets: `subprocess.run`, `os.system`, `Popen.wait`, `socket.create_connection`, `getaddrinfo`;
- files: `open`, `Path.read_text`, `shutil.copyfile`, …;
- other threads: `Thread.join()`, `result()` of an executor's future, `queue.Queue.get()`;
- what is lazy, where it is gone through: `list(map(time.sleep, …))`, `for row in collection.find()`, `executor.map`.

`cax-blocking-calls` adds names. For a plain function the place is the coroutine's own line, and the message shows the
way.

## Why it fails
An event loop runs one thing at a time. While the call waits, no other request is served, no timer fires, no time-out
acts, and every connection of the process stands still. Nothing is raised and nothing is logged; the service is just
slow.

A view of FastAPI, Starlette or Django that is an `async def` runs on the loop. A plain `def` view runs in a thread
and may block.

## Example
```python
import os
import time

import requests
from fastapi import FastAPI

RATES = os.environ["RATES_URL"]
app = FastAPI()


def rate(currency: str) -> float:
    return float(requests.get(f"{RATES}/{currency}", timeout=5).text)


@app.get("/rates/{currency}")
async def read_rate(currency: str) -> float:
    time.sleep(0.1)
    return rate(currency)
```

## Use instead
```python
import asyncio
import os

import httpx
from fastapi import FastAPI

RATES = os.environ["RATES_URL"]
app = FastAPI()


async def rate(currency: str) -> float:
    async with httpx.AsyncClient() as client:
        response = await client.get(f"{RATES}/{currency}", timeout=5)
    return float(response.text)


@app.get("/rates/{currency}")
async def read_rate(currency: str) -> float:
    await asyncio.sleep(0.1)
    return await rate(currency)
```

Where the sync call must stay: `await asyncio.to_thread(rate, currency)`, or a plain `def` view.

## When it is silent
- The call stands in a function or a lambda that is handed to a thread, to an executor or to another process.
- The coroutine has the loop to itself: only tasks and plain functions (a plain view or dependency, which runs in a
  thread) drive it by bridges in their own thread, or it is a view of Flask, and nothing runs beside it (`gather` of
  several, `create_task`, a task group, several tasks that plain code makes of its loop). Then it is advice, and
  only `cax-enable = CAX16` turns it on. What is gathered on the loop of another thread does not count. A coroutine
  that an async route calls as well is always reported, so is a task of a pool that runs all coroutines on one loop.
  The same holds for `lifespan` and `on_event` functions, before and after which nobody is served.
- Scripts: coroutines that only `if __name__ == "__main__"` or `asyncio.run(main())` at the top level starts, with
  nothing beside them. Tests.
- The wait is known to be over or to end at once: `result()` after `await asyncio.wrap_future(…)` or `future.done()`,
  `get()` after `queue.empty()`, `join()` after an `await` that follows the thread's start, `timeout=0`,
  `get(block=False)`, `time.sleep(0)`, sockets with `setblocking(False)`.
- The wait stands behind `if self._it is not None: return self._it`: only a start waits there.
- A helper that asks for the running loop and then waits for a thread it has taken.
- A helper opens or reads one file. `open` is reported in the `async def` itself only: of 71 file findings in 12
  projects, 49 were helpers that read a prompt or a template of a few kilobytes. A helper that copies or deletes a
  whole tree is reported.
- What the object is cannot be told: a session or a client from another module, an argument without a type.
- The plain function has a decorator that is not known to call it here.
- A Celery result (CAX18), `run_coroutine_threadsafe(…).result()` for the own loop (CAX10), a bridge (CAX09), the
  Django ORM, which raises by itself.

## Fix safety
`time.sleep(x)` to `await asyncio.sleep(x)` in an `async def` is safe: same wait, same value, and the loop goes on.
Wrapping a call in `await asyncio.to_thread(…)` is unsafe: the call then runs in another thread, next to code that may
use the same session, connection or file, and cancelling the coroutine does not stop it.

## Measured
`time.sleep`, requests, sync httpx and sync SQLAlchemy in an `async def` stop the loop for the whole call: 1.00, 1.01,
1.10 and 1.02 s for calls of one second; with `to_thread` 0.003 to 0.006 s (LAB 11i). A Celery task that is the only
thing on its loop loses nothing by it.

## References
- Python, "Developing with asyncio", Running Blocking Code: https://docs.python.org/3/library/asyncio-dev.html
- FastAPI, "Concurrency and async / await": https://fastapi.tiangolo.com/async/
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.project.alone import alone_at_start, alone_in_script
from flake8_celery_async.project.coroutines import BLOCKING, WAIT, Meeting
from flake8_celery_async.project.testing import is_test
from flake8_celery_async.project.wording import onward, reached
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.source.origins import Place


def check(context: Context) -> Iterator[Report]:
    """Yield the blocking calls that coroutines of the module meet, each place once."""
    module, project = context.module, context.project
    if is_test(module) or not any(function.is_async for function in module.functions):
        return
    meetings = list(_meetings(context))
    if not meetings:
        return
    scripts = alone_in_script(module)
    lone = frozenset() if "CAX16" in context.options.enable else project.lone_coroutines | alone_at_start(module)
    seen: set[Place] = set()
    for meeting in meetings:
        place = Place(module.path, meeting.call.line, meeting.call.column)
        if meeting.function not in scripts and meeting.function not in lone and place not in seen:
            seen.add(place)
            yield Report(place.line, place.column, _say(meeting), meeting)


def _meetings(context: Context) -> Iterator[Meeting]:
    coroutines = context.project.coroutines
    yield from coroutines.meetings(context.module, BLOCKING)
    for meeting in coroutines.meetings(context.module, WAIT):
        if not coroutines.waits_for_itself(meeting):
            yield meeting


def _say(meeting: Meeting) -> str:
    chain, coroutine = meeting.chain, meeting.function.qualname
    hit = chain.hit
    way = f"; {reached(meeting.visit)}" if meeting.visit is not None else ""
    if not chain.path:
        return f"{hit.name} blocks the event loop in coroutine '{coroutine}'{way}"
    via = onward(chain.path)
    return (
        f"{chain.path[0]} reaches {hit.name} ({hit.place}){via} and blocks the event loop of coroutine "
        f"'{coroutine}'{way}"
    )


RULE = Rule(
    code="CAX16",
    slug="blocking-call-in-coroutine",
    severity=Severity.ERROR,
    summary="A call in coroutine code stops the event loop until it is done.",
    page=__doc__ or "",
    check=check,
    opt_in="blocking calls in coroutines that have their event loop to themselves: only a task drives them",
)
