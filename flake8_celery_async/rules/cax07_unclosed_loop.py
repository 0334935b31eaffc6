"""
## What it does
Reports an event loop or a `Runner` that worker code makes for each call and does not close on every path: never, not
when the coroutine raises, or not on a path that returns early. It also reports a thread that is started for each call,
runs a loop for ever and is never stopped. When a helper makes the loop and returns it, the finding is at the call of
the helper, because that is where the loop has to be closed.

## Why it fails
Each loop holds three file descriptors (an epoll and a pair of sockets), and with `to_thread` or DNS also the threads
of its executor. Nothing frees them until the garbage collector comes by:

```
ResourceWarning: unclosed event loop <_UnixSelectorEventLoop running=False closed=False debug=False>
```

Async generators that were not finished never run their `finally`. A loop thread is worse: it is never freed, and each
call leaves one more.

## Example
```python
import asyncio

from celery import shared_task


async def write_story(story_id: int) -> int:
    await asyncio.sleep(0)
    return story_id


@shared_task
def generate(story_id: int) -> int:
    loop = asyncio.new_event_loop()  # the finding
    asyncio.set_event_loop(loop)
    return loop.run_until_complete(write_story(story_id))  # noqa: CAX02
```

## Use instead
```python
import asyncio

from celery import shared_task


async def write_story(story_id: int) -> int:
    await asyncio.sleep(0)
    return story_id


@shared_task
def generate(story_id: int) -> int:
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(write_story(story_id))  # noqa: CAX02
    finally:
        loop.close()
```

`asyncio.run(write_story(story_id))` does the same and also cancels what is left over and finishes async generators.

## When it is silent
- `finally: loop.close()`, also through a helper that closes the loop it is given; `with asyncio.Runner()`,
  `with closing(loop)`, `atexit.register(loop.close)`.
- The loop is kept for the process: assigned to a global, an attribute or a container under a guard, in the `__init__`
  of an object that is kept, in a cached factory, in a receiver that runs once for the process
  (`worker_process_init`), or in the target of a thread that is started under a guard.
- The loop of the thread is taken when there is one (`asyncio.get_event_loop()`), and a new one only else. With
  `asyncio.get_running_loop()` this is no excuse: in sync code no loop is running, so a new one is made each time.
- Code on an event loop asks on the way whether one is running: what it makes is for when there is none.
- The loop is given to code that cannot be seen.
- The loop is only the fallback for an `asyncio.run` that raises.

## Fix safety
Wrapping what follows in `try` and `finally: loop.close()` changes nothing else. It uncovers objects that outlive the
loop: with them the next call says `Event loop is closed` (CAX03).

## Measured
Prefork, Python 3.11 and 3.13: three descriptors and 3.3 KiB a call; 300 tasks peaked at 133 descriptors (3.11) and 264
(3.13), and none were left after `gc.collect()`. Threads of `to_thread`: 15 and 31 (LAB 4b). Closed, the same code is
harmless (LAB 4a).

## References
- Python, "Event loop": https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.close
- Python, "Runners": https://docs.python.org/3/library/asyncio-runner.html#asyncio.Runner
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.finding import Report, Severity
from flake8_celery_async.project.wording import in_root
from flake8_celery_async.rules.base import Context, Rule
from flake8_celery_async.semantics.loops import Left, Opening


def check(context: Context) -> Iterator[Report]:
    """Yield the loops that worker code of the module opens for each call and leaves behind."""
    for unclosed in context.project.unclosed_in(context.module):
        call, visit = unclosed.opened.call, unclosed.visit
        yield Report(call.line, call.column, f"{_sentence(unclosed.opened, unclosed.left)}; {in_root(visit)}", visit)


def _sentence(opened: Opening, left: Left) -> str:
    made = f"the event loop of {opened.name}"
    if opened.via is not None:
        made += f" ({opened.via})"
    if left.how == "thread":
        return f"{made} runs in a thread that is started for each call (line {left.line}) and never stopped"
    if left.how == "error":
        return f"{made} is not closed when {left.what} (line {left.line}) raises"
    if left.how == "path":
        return f"{made} is not closed on every path after {left.what} (line {left.line})"
    return f"{made} is never closed: each call leaves its file descriptors to the garbage collector"


RULE = Rule(
    code="CAX07",
    slug="unclosed-loop",
    severity=Severity.HAZARD,
    summary="A loop made for each call in worker code is not closed on every path.",
    page=__doc__ or "",
    check=check,
)
