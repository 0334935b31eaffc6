"""
## What it does
Reports code and settings that contradict the pool the worker runs. The pool is known from the option `cax-pool`, or
from what the project says:

- start commands (`celery -A shop worker -P gevent`) in Procfiles, shell scripts, compose files, workflows, systemd
  units, the configuration of supervisor, Dockerfiles, Makefiles, manifests of Kubernetes and Helm, tables of
  scripts (poe, pdm, hatch, taskipy, `fly.toml`, `railway.toml`), and in Python (`app.worker_main([…])`, `Popen`);
  each counts for the app that `-A` names and for the queues of `-Q`. `${POOL:-gevent}` counts as its default;
- `worker_pool` in the Celery configuration: arguments of the app, `app.conf`, `config_from_object` with a module, a
  class, an object or Django's settings. `os.environ.get("POOL", "gevent")` counts as its default.

What it reports:

- gevent and eventlet: a bridge in the task's own greenlet, or handed to `threading.Thread`, an executor of threads or
  `gevent.spawn`: the worker has patched threads, so these are greenlets of the same thread.
- threads: one loop that all tasks drive with `run_until_complete`.
- `time_limit` and `soft_time_limit` where the pool ignores them: solo, threads and eventlet ignore both, gevent the
  soft one. Also `worker_max_tasks_per_child` and `worker_max_memory_per_child` outside prefork.
- `worker_pool = "gevent"` or `"eventlet"` in the Python configuration.
- `cax-pool = prefork`, or `-P prefork` in a start command, beside another `worker_pool` in the configuration, which
  beats `-P prefork`.

## Why it fails
Greenlets share one thread, and a thread has one running loop. As soon as two tasks overlap, all but one fail; tests
that run one task after the other pass:

```
RuntimeError: asyncio.run() cannot be called from a running event loop
RuntimeError: Cannot run the event loop while another loop is running
RuntimeError: This event loop is already running
```

Limits that a pool does not implement are ignored without a warning.

`worker_pool` patches the standard library too late for gevent and eventlet: the worker says it is ready, receives the
tasks and does not run them.

## Example
```python
import time

from celery import Celery

app = Celery("shop")
app.conf.update(worker_pool="threads", task_time_limit=60)  # the finding


@app.task(soft_time_limit=1)  # the finding
def count_orders() -> int:
    time.sleep(5)
    return 3
```

## Use instead
```python
import time

from celery import Celery

app = Celery("shop")
app.conf.update(worker_pool="prefork", task_time_limit=60)


@app.task(soft_time_limit=1)
def count_orders() -> int:
    time.sleep(5)
    return 3
```

Under gevent, what was proven to work: `gevent.get_hub().threadpool.apply(lambda: asyncio.run(work()))`, a real
thread; or one loop thread that all tasks use with `run_coroutine_threadsafe`, and then no `asyncio.run` anywhere.
Choose gevent with `-P gevent` on the command line. Under pools without time limits, use `asyncio.timeout` and
time-outs of the clients.

## When it is silent
- The pool is not known: nothing starts a worker, or it is started with a pool that stands in no file (`-P $POOL`). A
  start command without `-P` means prefork.
- Only a CI job starts a worker, and a limit would work elsewhere.
- The task goes to a queue (`queue=` of its decorator, `task_routes`) that the worker does not serve (`-Q`).
- The value of a setting is not a constant, the line that sets `worker_pool` stands under a condition, or something
  that is not in sight may set it later: `app.conf.update(load())`, `config_from_envvar`.
- Several pools are known, and a limit works in one of them; but a limit of a task is reported where one file starts
  workers of different pools for the same queues, as each may get the task.
- Bridges that are handed to the threads of gevent's hub, to a kept executor that runs one thing at a time, or to
  another process; a thread that is kept, or started under a condition; `run_coroutine_threadsafe`.
- Loops of `threading.local`, and `run_until_complete` under a lock.

## Measured
asyncio.run, a new loop and async_to_sync, 2 tasks at once under gevent and eventlet: 1 worked (LAB 10a). One shared
loop under gevent, eventlet and threads: `This event loop is already running` (LAB 10b). gevent's threadpool: 4 of 4;
one loop thread: 60 of 60 (LAB 10a, "Details"). `asyncio.run` handed to `ThreadPoolExecutor`, `threading.Thread` and
`gevent.spawn` under gevent, 4 tasks at once: 1 worked (LAB 10d). Time limits (LAB 14f), `worker_max_tasks_per_child`
(LAB 14g), `worker_pool='gevent'`: 0 of 4 tasks ran in 8 s (LAB 14b); configuration and `-P` (LAB 14a).

## References
- Celery, "Concurrency": https://docs.celeryq.dev/en/stable/userguide/concurrency/index.html
- Celery, `worker_pool`: https://docs.celeryq.dev/en/stable/userguide/configuration.html#worker-pool
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.options import Pool
from flake8_celery_async.project.clashes import Clash
from flake8_celery_async.project.misdriven import drives_nothing
from flake8_celery_async.project.pools import PoolUse, Worker, leaves_choice, pool_named
from flake8_celery_async.project.testing import is_test
from flake8_celery_async.project.wording import in_root, listed
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.semantics.catalog.pools import BY_OPTION, PATCHING_POOLS, ROWS
from flake8_celery_async.semantics.tasks import is_task_class
from flake8_celery_async.semantics.values import Unknown, literal
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import Attribute, Call, Name
from flake8_celery_async.source.origins import ClassObject, Frame, Place

_IGNORED = {row.name: row for row in ROWS}
_SENDS = frozenset({"apply_async", "send_task", "set", "signature", "subtask"})
"""Methods that take the options of one task call."""


class _Inert(NamedTuple):
    """An option that the known pools ignore."""

    place: Place
    name: str
    pools: frozenset[str]
    used: tuple[PoolUse, ...]
    """All pools in which it could work; empty when not all are known."""


def check(context: Context) -> Iterator[Report]:
    """Yield the contradictions between the module and the pools."""
    if is_test(context.module):
        return
    yield from _chosen(context)
    yield from _ignored(context)
    yield from _bridges(context)


# -- the choice itself -------------------------------------------------------------------------------------------------


def _chosen(context: Context) -> Iterator[Report]:
    """Yield the settings of ``worker_pool`` that do not do what they say."""
    wanted = context.options.pools
    for setting in context.project.settings.at(context.module.path):
        if setting.name != "worker_pool":
            continue
        holding = context.project.settings.holding(setting.app, "worker_pool")
        if not isinstance(setting.value, str) or (setting.certain and setting not in holding):
            continue
        pool = pool_named(setting.value)
        if pool in wanted:
            continue
        started = context.project.workers_of(setting.app)
        holding_in = next((w for w in started if leaves_choice(w)), None)
        if started and not wanted and holding_in is None:
            continue
        what = f"{setting.written} = '{setting.value}'"
        if setting.variable:
            what += f" (the default of {setting.variable})"
        if pool.value in PATCHING_POOLS:
            worker = f"the worker ({holding_in.command.said})" if holding_in and not wanted else "the worker"
            message = (
                f"{what} patches the standard library too late: "
                f"{worker} receives tasks and never runs them (-P {pool.value} works)"
            )
        elif Pool.PREFORK in wanted:
            message = f"{what} beats -P prefork, the pool that cax-pool names"
        elif not wanted and pool is not Pool.PREFORK and (beaten := _beaten(started)) is not None:
            message = f"{what} beats -P prefork ({beaten.command.said}): the worker runs the {pool.value} pool"
        else:
            continue
        yield Report(setting.place.line, setting.place.column, message)


def _beaten(workers: list[Worker]) -> Worker | None:
    """Return a worker that asks for prefork and gets the pool of the configuration (LAB 14a)."""
    return next((w for w in workers if w.command.pool is not None and leaves_choice(w)), None)


# -- what pools ignore -------------------------------------------------------------------------------------------------


def _ignored(context: Context) -> Iterator[Report]:
    """Yield the limits that all pools ignore, one finding for each place."""
    if not context.pools:
        return
    found: dict[tuple[Place, tuple[PoolUse, ...]], list[str]] = {}
    for inert in (*_settings(context), *_options(context)):
        in_vain = inert.used and all(use.pool.value in inert.pools for use in inert.used)
        if in_vain and inert.place.path == context.module.path:
            names = found.setdefault((inert.place, inert.used), [])
            if inert.name not in names:
                names.append(inert.name)
    for (place, used), names in sorted(found.items(), key=lambda item: item[0][0]):
        does = "do" if len(names) > 1 else "does"
        yield Report(place.line, place.column, f"{listed(names)} {does} nothing under {_said(used)}")


def _settings(context: Context) -> Iterator[_Inert]:
    for setting in context.project.settings.at(context.module.path):
        row = _IGNORED.get(setting.name)
        if row is not None and _is_set(setting.value):
            yield _Inert(setting.place, setting.written, row.pools, context.every_pool)


def _options(context: Context) -> Iterator[_Inert]:
    """Yield the limits of tasks: on the decorator, in a Task class, of one call."""
    module, project = context.module, context.project
    evaluator, every = project.evaluator, context.every_pool
    for task in project.tasks_of(module):
        if isinstance(task.decorator, Call):
            scope = evaluator.frame(module, module.functions[max(task.function.parent, 0)])
            inert = _keywords(task.decorator, scope, evaluator, project.pools_of_task(task).every)
            yield from (
                map(_by_some, inert) if _share_tasks(project.workers_of(project.app_of(task)), context) else inert
            )
    for cls in module.classes:
        body = module.functions[cls.body]
        limits = [a for a in body.assignments if isinstance(a.target, Name) and a.target.id in BY_OPTION]
        if limits and is_task_class(ClassObject(module, cls), evaluator):
            frame = evaluator.frame(module, body)
            for assignment in limits:
                if isinstance(assignment.target, Name) and _is_set(literal(assignment.value, frame, evaluator)):
                    row = BY_OPTION[assignment.target.id]
                    yield _Inert(Place(module.path, assignment.line, assignment.column), row.option, row.pools, every)
    for function in module.functions:
        for call in function.calls:
            if isinstance(call.function, Attribute) and call.function.name in _SENDS and call.keywords:
                yield from _keywords(call, evaluator.frame(module, function), evaluator, every)


def _share_tasks(workers: list[Worker], context: Context) -> bool:
    """Say whether workers that one file starts take the tasks of the same queues, so that each may get any of them."""
    return not context.options.pools and len({(w.command.path, w.command.queues) for w in workers}) == 1


def _by_some(inert: _Inert) -> _Inert:
    """Return an option as judged by the pools alone that ignore it."""
    return inert._replace(used=tuple([use for use in inert.used if use.pool.value in inert.pools]))


def _keywords(call: Call, frame: Frame, evaluator: Evaluator, used: tuple[PoolUse, ...]) -> Iterator[_Inert]:
    for key, value in call.keywords:
        row = BY_OPTION.get(key or "")
        if row is not None and _is_set(literal(value, frame, evaluator)):
            yield _Inert(Place(frame.module.path, call.line, call.column), row.option, row.pools, used)


def _is_set(value: object) -> bool:
    return value is Unknown.NUMBER or (not isinstance(value, Unknown) and bool(value))


# -- bridges -----------------------------------------------------------------------------------------------------------


def _bridges(context: Context) -> Iterator[Report]:
    """Yield the bridges that fail when two tasks overlap."""
    for clash in context.project.clashes_in(context.module):
        bridge = clash.bridge
        if drives_nothing(bridge, context.project):
            continue
        yield Report(
            bridge.call.line,
            bridge.call.column,
            f"{bridge.name} is called under {_said(clash.pools)}: {_why(clash, context)}; {in_root(clash.visit)}",
            clash.visit,
        )


def _why(clash: Clash, context: Context) -> str:
    if clash.cause == "shared loop":
        return "two tasks at a time run the same loop, so one of them fails"
    if clash.cause == "patched threads":
        return "the thread it is handed to is a greenlet, so it fails as soon as two tasks overlap"
    thread = context.project.worker.loop_thread
    if clash.cause == "loop thread" and thread is not None:
        return f"there the loop of {thread.name} ({thread.place}) runs in the same thread, so it fails"
    return "greenlets share the thread's running loop, so it fails as soon as two tasks overlap"


# -- wording -----------------------------------------------------------------------------------------------------------


def _said(used: tuple[PoolUse, ...]) -> str:
    pools = listed([use.pool.value for use in used])
    return f"the {pools} pool{'s' if len(used) > 1 else ''} ({', '.join(dict.fromkeys(use.said for use in used))})"


RULE = Rule(
    code="CAX20",
    slug="pool-mismatch",
    severity=Severity.HAZARD,
    summary="The code or the configuration contradicts the worker's pool.",
    page=__doc__ or "",
    check=check,
)
