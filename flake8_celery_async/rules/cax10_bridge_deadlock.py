"""
## What it does
Reports `asyncio.run_coroutine_threadsafe(…).result()` in two places:

- In coroutine code of the loop that the coroutine was sent to: in the `async def`, or in a plain function that it
  calls (the message shows the way). With or without a time-out.
- In worker code, without a time-out, or in a loop without an end that begins the wait again after each time-out: in
  sync code, and in what a coroutine calls where the loop waited for was made for another thread.
  A bridge by hand is the same: `call_soon_threadsafe(…)` and the `result()` of a `concurrent.futures.Future`.

## Why it fails
`result()` stops the thread until the loop has run the coroutine. In the loop's own thread nothing can run it any
more: the loop waits for itself. There is no error and no log line. With a time-out it is a `TimeoutError` after that
time, always.

In sync worker code it works until the coroutine hangs, or until the loop thread is gone (after a fork, after an
error). Then the worker process waits for ever. Time limits end it under the prefork pool only; the threads pool, solo
and eventlet ignore them.

## Example
```python
import asyncio


async def load_price(item: str) -> float:
    await asyncio.sleep(0)
    return 9.5


async def total(item: str, count: int) -> float:
    loop = asyncio.get_running_loop()
    price = asyncio.run_coroutine_threadsafe(load_price(item), loop).result()
    return price * count
```

## Use instead
```python
import asyncio


async def load_price(item: str) -> float:
    await asyncio.sleep(0)
    return 9.5


async def total(item: str, count: int) -> float:
    return await load_price(item) * count
```

A coroutine that must run on another loop is awaited with `await
asyncio.wrap_future(asyncio.run_coroutine_threadsafe(load_price(item), other_loop))`.

In a task, give `result()` a time-out, and cancel what is left when it comes or when a soft time limit does:

```
future = asyncio.run_coroutine_threadsafe(load_price(item), LOOP)
try:
    return future.result(timeout=30)
except BaseException:
    future.cancel()
    raise
```

## When it is silent
- The future is known to be done: after `await asyncio.wrap_future(future)`, or in an `if future.done():`.
- The waiting function is handed to a thread, and waits there for the loop of the coroutine that started it.
- In coroutine code with a time-out, when the loop is not seen to be the coroutine's own: that stops the loop for a
  while and is CAX16.
- In sync worker code with a time-out, even a long one, and in a loop of such waits that can end otherwise (a stop flag,
  a deadline, a call that may raise).

## Measured
From the loop's own thread: deadlock, Python 3.11 and 3.13 (LAB 9b). `result()` without a time-out on a loop thread
that did not survive the fork: hangs until the hard time limit, or for ever without one (LAB 9a, 4h). The soft time
limit does reach a waiting `result()` under prefork, but the coroutine runs on unless it is cancelled (LAB 9c).

## References
- Python, `asyncio.run_coroutine_threadsafe`:
  https://docs.python.org/3/library/asyncio-task.html#asyncio.run_coroutine_threadsafe
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.project.company import is_on_another_loop
from flake8_celery_async.project.coroutines import THREADSAFE, WAIT, Meeting
from flake8_celery_async.project.testing import is_test
from flake8_celery_async.project.wording import in_root, onward
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.semantics.blocking import is_done
from flake8_celery_async.semantics.waits import waits_again
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import Attribute, Constant, Function, Value
from flake8_celery_async.source.names import dotted, last_name
from flake8_celery_async.source.origins import Frame, Made

_BY_HAND = "concurrent.futures.Future()"
_HANDS = "call_soon_threadsafe"


def check(context: Context) -> Iterator[Report]:
    """Yield the waits of the module that cannot end, or that nothing ends."""
    module, project = context.module, context.project
    if is_test(module):
        return
    if any(function.is_async for function in module.functions):
        for meeting in project.coroutines.meetings(module, WAIT):
            if project.coroutines.waits_for_itself(meeting):
                yield Report(meeting.call.line, meeting.call.column, _say(meeting), meeting)
    yield from _endless(context)


def _say(meeting: Meeting) -> str:
    chain, coroutine = meeting.chain, meeting.function.qualname
    if not chain.path:
        return f"{chain.hit.name} in coroutine '{coroutine}' waits for the event loop that it stops: a deadlock"
    via = onward(chain.path)
    return (
        f"{chain.path[0]} reaches {chain.hit.name} ({chain.hit.place}){via}, which waits for the event loop of "
        f"coroutine '{coroutine}' and stops it: a deadlock"
    )


def _endless(context: Context) -> Iterator[Report]:
    """Yield the waits of worker code for another thread that have no time-out."""
    evaluator, worker = context.project.evaluator, context.project.worker
    for function in context.module.functions:
        asked: set[tuple[str, ...] | None] = set()  # futures whose exception() has been waited for
        for call in function.calls:
            if not isinstance(call.function, Attribute) or call.function.name not in ("exception", "result"):
                continue
            method, future = call.function.name, dotted(call.function.value)
            if future is not None and future in asked:
                continue
            if method == "exception":
                asked.add(future)
            limit = call.argument(0, "timeout")
            again = limit is not None and limit != Constant(None)
            if again and not waits_again(call, function):
                continue
            if any(key is None for key, _ in call.keywords):
                continue
            visit = worker.synchronous(function) or worker.first(function)
            if visit is None:
                break
            if visit.bridge is not None and not _is_for_another_loop(call.function.value, visit.frame, evaluator):
                continue
            future_of = _hander(set(evaluator.names(call.function.value, visit.frame)), function)
            if future_of and not is_done(call, visit.frame):
                how = "begins again after each time-out" if again else "has no time-out"
                said = f"{future_of}.{method}() {how}: a coroutine that hangs holds the worker for ever"
                yield Report(call.line, call.column, f"{said}; {in_root(visit)}", visit)


def _is_for_another_loop(future: Value, frame: Frame, evaluator: Evaluator) -> bool:
    """Say whether what is waited for runs on a loop that was made for another thread."""
    made = [o for o in evaluator.origins(future, frame) if isinstance(o, Made)]
    return bool(made) and all(
        o.call is not None and o.frame is not None and is_on_another_loop(o.call, o.frame, evaluator) for o in made
    )


def _hander(made_by: set[str], function: Function) -> str:
    """Return what hands the coroutine of a future to the loop of another thread, or an empty string.

    ``made_by`` are the names of what makes the future. By hand it is a future that ``call_soon_threadsafe()`` fills.
    """
    if THREADSAFE in made_by:
        return "run_coroutine_threadsafe()"
    by_hand = _BY_HAND in made_by and any(last_name(call.function) == _HANDS for call in function.calls)
    return f"the future of {_HANDS}()" if by_hand else ""


RULE = Rule(
    code="CAX10",
    slug="bridge-deadlock",
    severity=Severity.ERROR,
    summary="A thread waits for a coroutine that its own event loop would have to run, or waits without a time-out.",
    page=__doc__ or "",
    check=check,
)
