"""
## What it does
Reports network calls in worker code that have no time-out: `requests`, `urllib`, `smtplib`, `ftplib`, raw sockets,
database and cache connections of libraries without a default; also `timeout=None` where httpx or aiohttp would have
one. The call may stand in a task, in a worker signal receiver or in a function they reach; it may be made through a
variable, an attribute, a parameter's default or `functools.partial(requests.get, …)`, and the `timeout=None` may be the
default of a helper's parameter.

## Why it fails
A server that accepts the connection and never answers is enough: the call waits for ever, and the worker's slot with
it. Nothing is logged. A few such tasks and the worker stands still.

A time limit of the task is no excuse. It acts in the prefork pool only: solo, threads and eventlet ignore it without
a word, gevent ignores the soft one. And the hard limit kills the process, with whatever else it was doing.

## Example
```python
import requests
from celery import shared_task


@shared_task
def fetch_rate(url: str) -> float:
    return requests.get(url).json()
```

## Use instead
```python
import requests
from celery import shared_task


@shared_task
def fetch_rate(url: str) -> float:
    return requests.get(url, timeout=(3.05, 5)).json()
```

A time-out for a whole session belongs in a subclass of `requests.Session` or in an adapter. For the clients of the
standard library `socket.setdefaulttimeout(…)` gives one to all; `requests` does not look at it.

## When it is silent
- The library has a default: httpx (5 s), aiohttp (300 s), redis-py 8, boto3, psycopg and others.
- The time-out may be set out of sight: `**options` is passed, the session is of an unknown class, of a subclass that
  has `request` or `send`, or one with an adapter; a function that is passed as an argument; a connection
  string that is not a literal.
- `socket.setdefaulttimeout` is called, for what goes by it; `settimeout` is called on raw sockets.
- No task reaches the call.

## Fix safety
Adding `timeout=` is not safe to do blindly: a call that takes long for good reason fails from then on.

## Measured
A server that answers after 7 s: httpx gives up after 5.1 s, requests waits; aiohttp allows 300 s in all and 30 s for
the connection (LAB 16c). Time limits by pool: LAB 14f. With `socket.setdefaulttimeout(1)` and a server that never
answers, `urllib` and urllib3 gave up after 1 s, requests 2.x did not.

## References
- Requests, "Timeouts": https://requests.readthedocs.io/en/latest/user/advanced/#timeouts
- HTTPX, "Timeouts": https://www.python-httpx.org/advanced/timeouts/
- Python, `socket.setdefaulttimeout`: https://docs.python.org/3/library/socket.html#socket.setdefaulttimeout
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.project.ways import Visit
from flake8_celery_async.project.wording import in_root, reached
from flake8_celery_async.project.worker import MOST_HANDLING
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.semantics.timeouts import NoEnd, Timeouts
from flake8_celery_async.source.calls import left_out
from flake8_celery_async.source.module import Attribute, Call, Constant, Module, Name, Value
from flake8_celery_async.source.origins import Frame, FunctionObject, Made, Method, Place


def check(context: Context) -> Iterator[Report]:
    """Yield the calls of the module that wait for ever, in worker code."""
    module, project = context.module, context.project
    reached_here = [function for function in module.functions if function in project.worker.visits]
    if not reached_here:
        return
    timeouts = project.timeouts
    sockets: set[Place] = set()
    for function in reached_here:
        for call in timeouts.calls(module, function):
            for visit in project.worker.visits[function][:MOST_HANDLING]:
                found = timeouts.judge(_filled(call, visit, context), visit.frame)
                if found is None:
                    continue
                place = _socket_of(call, visit.frame, context)
                if place is None or place not in sockets:
                    yield Report(call.line, call.column, f"{_said(found)}; {in_root(visit)}", visit)
                if place is not None:
                    sockets.add(place)
                break
    yield from _kept(module, timeouts, context)


def _filled(call: Call, visit: Visit, context: Context) -> Call:
    """Return a call with the defaults in place of the parameters that the function's own call leaves out."""
    defaults = _left_out(visit, context)
    own = {
        name: value
        for name, value in defaults.items()
        if isinstance(value, (Constant, Name, Attribute)) and len(visit.function.bindings[name]) == 1
    }

    def filled(value: Value) -> Value:
        return own.get(value.id, value) if isinstance(value, Name) else value

    return call._replace(
        function=filled(call.function),
        arguments=tuple([filled(value) for value in call.arguments]),
        keywords=tuple([(key, filled(value)) for key, value in call.keywords]),
    )


def _left_out(visit: Visit, context: Context) -> dict[str, Value]:
    """Return the defaults that the last call on a way leaves in place, if it calls the function itself."""
    project, place = context.project, visit.path[-1].place if visit.path else None
    module = project.at(place.path) if place is not None else None
    if place is None or module is None or not any(p.default is not None for p in visit.function.parameters):
        return {}
    for function in module.functions:
        for call in function.calls:
            if (call.line, call.column) == (place.line, place.column):
                for origin in project.evaluator.origins(call.function, project.evaluator.frame(module, function)):
                    if isinstance(origin, FunctionObject) and origin.function is visit.function:
                        return left_out(call, origin.frame)
    return {}


def _said(found: NoEnd) -> str:
    if found.switched_off:
        return f"{found.name} has its time-out switched off: a server that does not answer holds the worker for ever"
    return f"{found.name} has no time-out: a server that does not answer holds the worker for ever"


def _socket_of(call: Call, frame: Frame, context: Context) -> Place | None:
    """Return where the raw socket that a call waits for was made: one finding is enough for each."""
    for origin in context.project.evaluator.origins(call.function, frame):
        if isinstance(origin, Method) and isinstance(origin.receiver, Made) and origin.receiver.name == "socket.socket":
            return origin.receiver.place
    return None


def _kept(module: Module, timeouts: Timeouts, context: Context) -> Iterator[Report]:
    """Yield the objects that are made outside worker code, at import for one, and used in it."""
    worker, evaluator = context.project.worker, context.project.evaluator
    made: dict[Place, NoEnd] = {}
    for function in module.functions:
        if function not in worker.visits:
            frame = evaluator.frame(module, function)
            for call in timeouts.calls(module, function):
                found = timeouts.judge_kept(call, frame)
                if found is not None:
                    made[Place(module.path, call.line, call.column)] = found
    if not made:
        return
    for place, found in made.items():
        visit = worker.handlers.get(place)
        if visit is not None:
            yield Report(place.line, place.column, f"{_said(found)}; {reached(visit)}", visit)


RULE = Rule(
    code="CAX19",
    slug="io-without-timeout",
    severity=Severity.HAZARD,
    summary="A network call in worker code has no time-out.",
    page=__doc__ or "",
    check=check,
)
