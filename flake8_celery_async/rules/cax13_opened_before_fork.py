"""
## What it does
Reports what does not survive a fork and is opened before it: while the worker's parent imports a module that tasks
live in, or in a receiver that runs in the parent (`worker_init`, `celeryd_init`, `celeryd_after_setup`).

- A database connection: a query, `connect()`, `begin()`, `create_all(engine)`, a DB-API `connect()` that is kept.
- A thread that runs an event loop.
- An event loop that tasks use: `asyncio.new_event_loop()` in a module, a Runner that was asked for its loop.
- A gRPC channel.

## Why it fails
Prefork, the default pool, copies the parent for each worker process.

- The copies share one database connection and read each other's answers:

```
WRONG ROW asked 1003 got 1049
ResourceClosedError: This result object does not return rows
```

- Threads are not copied. `run_coroutine_threadsafe(…).result()` waits for ever, or raises `TimeoutError` with a
  time-out; `loop.is_running()` still says `True`.
- The copies share the loop's self-pipe. A wake-up from a thread reaches the wrong process: DNS look-ups, `to_thread`
  and aiosqlite hang at random, as soon as two children are busy.
- gRPC does not support a fork after a channel was made.

## Example
```python
from celery import shared_task
from sqlalchemy import create_engine, text

engine = create_engine("postgresql+psycopg:///shop")

with engine.connect() as connection:  # the finding
    VERSION = connection.execute(text("select version()")).scalar_one()


@shared_task
def order_total(order_id: int) -> int:
    with engine.connect() as connection:
        return connection.execute(text("select total from orders where id = :id"), {"id": order_id}).scalar_one()
```

## Use instead
```python
from celery import shared_task
from celery.signals import worker_process_init
from sqlalchemy import create_engine, text

engine = create_engine("postgresql+psycopg:///shop")

with engine.connect() as connection:
    VERSION = connection.execute(text("select version()")).scalar_one()


@worker_process_init.connect
def forget_connections(**kwargs: object) -> None:
    engine.dispose(close=False)


@shared_task
def order_total(order_id: int) -> int:
    with engine.connect() as connection:
        return connection.execute(text("select total from orders where id = :id"), {"id": order_id}).scalar_one()
```

Other cures: `poolclass=NullPool`; no connection at import; a loop or a loop thread made in `worker_process_init`, or
lazily with a test of the process id and a lock; a module-level `asyncio.Runner()`, which makes its loop on first use.

## When it is silent
- A `worker_process_init` receiver (or `os.register_at_fork`) makes the object anew, also when there is one
  already, or disposes the engine with `close=False`. A plain `dispose()` closes the connections under the parent's feet
  and is no excuse.
- Nothing works with it after the fork: no task, and no receiver that the children call. A thread stands for its loop.
- The engine has `NullPool`, or is SQLite in memory; it is disposed, or the connection closed, before the fork.
- The engine is only created, not connected: that is harmless.
- A pool of the app whose module leads there is known (`cax-pool`, start commands, `worker_pool`), and none of those
  known is prefork.
- The statement stands under `if __name__ == "__main__"`, or in a module without tasks and receivers.
- requests, httpx and redis clients: they connect anew in the child.

## Measured
Prefork, Python 3.11 and 3.13: connected engine and raw psycopg connection, wrong rows and hangs (LAB 5a, 5g); engine
only created, nothing (LAB 5b); `dispose(close=False)` in `worker_process_init`, 0 errors in 4 times 60 calls (LAB
5a). Loop at import: DNS hung in 2 of 2 rounds, aiosqlite in 2 of 2, a Runner asked for its loop in 4 of 6 (LAB 4f).
Loop thread at import: every call hung (LAB 4h); started in `worker_process_init`: all of it worked (LAB 4i).

## References
- SQLAlchemy, "Using Connection Pools with Multiprocessing or os.fork()":
  https://docs.sqlalchemy.org/en/20/core/pooling.html#using-connection-pools-with-multiprocessing-or-os-fork
- gRPC, "gRPC Python Fork Support": https://github.com/grpc/grpc/blob/master/doc/fork_support.md
- SQLite, "How To Corrupt An SQLite Database File", 2.6: https://www.sqlite.org/howtocorrupt.html
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.project.openings import (
    CHANNEL,
    CONNECTION,
    LOOP,
    THREAD,
    Opening,
)
from flake8_celery_async.rules.base import Context, Rule

_SUFFERS = {
    CONNECTION: "its children share the connection and read each other's rows",
    THREAD: "no child has that thread, and every call waits for ever",
    LOOP: "its children share the loop's wake-up pipe and hang at random",
    CHANNEL: "gRPC does not work in its children",
}


def check(context: Context) -> Iterator[Report]:
    """Yield what the module leaves open for the worker's children."""
    project = context.project
    if not project.tasks and not project.receivers:
        return
    fork = project.fork
    for opening in project.openings_in(context.module):
        if not _is_forked(opening, context):
            continue
        if opening.name in fork.remade or opening.made in fork.disposed:
            continue
        if opening.kind == THREAD and not opening.name and fork.restarted:
            continue
        if opening.kind == LOOP:
            if opening.made not in project.driven_loops and not _is_current(opening, context):
                continue
        elif not _is_inherited(opening, context):
            continue
        yield Report(opening.place.line, opening.place.column, _message(opening))


def _is_forked(opening: Opening, context: Context) -> bool:
    """Say whether the workers that open it may fork: those of the app whose module leads to it."""
    return context.project.may_fork(opening.run.begin)


def _is_inherited(opening: Opening, context: Context) -> bool:
    """Say whether anything works with it after the fork: with a thread, who works with the loop that it runs."""
    inherited = context.project.inherited
    return opening.made in inherited or not opening.loops.isdisjoint(inherited)


def _is_current(opening: Opening, context: Context) -> bool:
    """Say whether tasks get the loop as the current one of their thread."""
    fork, project = context.project.fork, context.project
    return opening.made in fork.current and not fork.restarted and project.takes_current_loop


def _message(opening: Opening) -> str:
    when = f"{opening.run.said}, before the worker forks"
    if opening.kind == CONNECTION:
        what = f"'{opening.name}' ({opening.made}) is connected {when}"
    elif opening.kind == THREAD:
        what = f"a loop thread is started {when}"
    elif opening.kind == LOOP:
        what = f"the event loop '{opening.name}' is made {when}" if opening.name else f"the event loop is made {when}"
    else:
        what = f"the gRPC channel '{opening.name}' is made {when}"
    return f"{what}: {_SUFFERS[opening.kind]}"


RULE = Rule(
    code="CAX13",
    slug="opened-before-fork",
    severity=Severity.ERROR,
    summary="A connection, loop, loop thread or channel is opened before the worker forks.",
    page=__doc__ or "",
    check=check,
)
