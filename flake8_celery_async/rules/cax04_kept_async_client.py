"""
## What it does
Reports an async client, connection or pool that is kept between calls and used by a bridge that makes a loop for each
call. It is the other half of CAX03, at the place where the object is made: one finding for each object. It also
reports:
- `aiohttp.ClientSession()` or `TCPConnector()` made when a module with tasks is imported;
- a kept client that is entered with `async with`, which closes it for every later call.

## Why it fails
The object's connections belong to the loop that opened them, and that loop is closed after each call:

```
RuntimeError: Event loop is closed
```

A session of aiohttp made at import does not even get there; the worker does not start:

```
RuntimeError: no running event loop
```

A kept httpx client entered twice:

```
RuntimeError: Cannot reopen a client instance, once it has been closed.
```

## Example
```python
import asyncio

import httpx
from celery import shared_task


class Prices:
    def __init__(self) -> None:
        self.client = httpx.AsyncClient()  # the finding

    async def fetch(self, url: str) -> str:
        return (await self.client.get(url)).text


PRICES = Prices()


@shared_task
def update(url: str) -> str:
    return asyncio.run(PRICES.fetch(url))  # noqa: CAX03
```

## Use instead
```python
import httpx
from celery import shared_task


class Prices:
    def fetch(self, url: str) -> str:
        with httpx.Client() as client:
            return client.get(url).text


PRICES = Prices()


@shared_task
def update(url: str) -> str:
    return PRICES.fetch(url)
```

The page of CAX03 lists the other cures and what each costs.

## When it is silent
- No bridge that makes a loop for each call reaches the object from a task.
- The object is made safe as listed for CAX03.

## References
- aiohttp, "Client session": https://docs.aiohttp.org/en/stable/client_reference.html
- HTTPX, "Async support": https://www.python-httpx.org/async/
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.project.startup import needing_a_loop
from flake8_celery_async.project.wording import reached
from flake8_celery_async.rules.base import Context, Rule

_OTHERS = ("engine", "primitive")


def check(context: Context) -> Iterator[Report]:
    """Yield the kept clients of the module, and the ones made at import that cannot be."""
    paired = set()
    for kept in context.project.kept_in(context.module):
        paired.add(kept.resource.place)
        if kept.resource.row.kind in _OTHERS:
            continue
        yield Report(
            kept.line,
            kept.column,
            f"'{kept.resource.name}' is kept between calls, but {kept.bridges}; {kept.reached}",
            kept.pair,
        )
    for place, entered in context.project.entered_in(context.module):
        if place not in paired:
            message = (
                f"'{entered.resource.name}' is kept between calls, but 'async with' ({entered.place}) closes it: the "
                f"second call cannot open it again; {reached(entered.visit)}"
            )
            yield Report(place.line, place.column, message, entered.visit)
    yield from _made_at_import(context)


def _made_at_import(context: Context) -> Iterator[Report]:
    module, project = context.module, context.project
    if module.path not in project.imported:
        return
    for call, name in needing_a_loop(module, project.evaluator, context.options):
        message = f"{name}() is made at import, where no event loop runs: the worker does not start"
        yield Report(call.line, call.column, message)


RULE = Rule(
    code="CAX04",
    slug="kept-async-client",
    severity=Severity.ERROR,
    summary="An async client or pool is kept between calls that each run on a loop of their own.",
    page=__doc__ or "",
    check=check,
)
