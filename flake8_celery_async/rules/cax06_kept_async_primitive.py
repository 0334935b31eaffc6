"""
## What it does
Reports an `asyncio.Lock`, `Semaphore`, `Event`, `Condition`, `Queue` or `Future` that is kept between calls and used
by a bridge that makes a loop for each call.

## Why it fails
A primitive binds itself to the loop on which somebody first had to wait for it. While nobody waits it works, so tests
pass. After the first contention every later one fails:

```
RuntimeError: <asyncio.locks.Lock object at … [locked]> is bound to a different event loop
```

It never protects anything between two worker processes either.

## Example
```python
import asyncio

from celery import shared_task

LIMIT = asyncio.Semaphore(5)  # the finding


async def call(number: int) -> int:
    async with LIMIT:
        await asyncio.sleep(0)
    return number


async def fan_out() -> list[int]:
    return await asyncio.gather(*[call(number) for number in range(20)])


@shared_task
def crawl() -> list[int]:
    return asyncio.run(fan_out())  # noqa: CAX02
```

## Use instead
```python
import asyncio

from celery import shared_task


async def call(number: int, limit: asyncio.Semaphore) -> int:
    async with limit:
        await asyncio.sleep(0)
    return number


async def fan_out() -> list[int]:
    limit = asyncio.Semaphore(5)
    return await asyncio.gather(*[call(number, limit) for number in range(20)])


@shared_task
def crawl() -> list[int]:
    return asyncio.run(fan_out())  # noqa: CAX02
```

## When it is silent
- Only one lasting loop uses it.
- It is made inside the driven coroutine.
- Nobody can ever wait in a lock or a semaphore: no `async with` section of it awaits anything, or only one coroutine
  at a time runs on each loop (no `gather`, no `create_task`, no pool of threads or greenlets), or no more than it
  lets in: `gather(work(), work())` behind `Semaphore(2)`.

## Measured
Uncontended it works for ever, under prefork and threads; once it was contended, every later contended use fails
(LAB 6).

## References
- Python, "Synchronization Primitives": https://docs.python.org/3/library/asyncio-sync.html
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.project.contention import is_uncontended
from flake8_celery_async.rules.base import Context, Rule


def check(context: Context) -> Iterator[Report]:
    """Yield the kept primitives of the module."""
    for kept in context.project.kept_in(context.module):
        if kept.resource.row.kind != "primitive":
            continue
        if not is_uncontended(kept.resource, context.project):
            yield Report(
                kept.line,
                kept.column,
                f"'{kept.resource.name}' binds to the loop that first waits for it, but {kept.bridges}; {kept.reached}",
                kept.pair,
            )


RULE = Rule(
    code="CAX06",
    slug="kept-async-primitive",
    severity=Severity.HAZARD,
    summary="An asyncio primitive is kept between calls that each run on a loop of their own.",
    page=__doc__ or "",
    check=check,
)
