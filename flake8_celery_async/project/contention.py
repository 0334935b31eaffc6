"""Can anybody ever wait in a lock that is kept? Only then does it bind itself to a loop."""

from __future__ import annotations

from flake8_celery_async.options import Pool
from flake8_celery_async.project.graph import Project
from flake8_celery_async.project.ways import Use, numbers
from flake8_celery_async.source.blocks import inside
from flake8_celery_async.source.module import ASYNC_ENTERED, ASYNC_ITERATED, AWAITED, Function
from flake8_celery_async.source.origins import Place

_LOCKS = frozenset({"asyncio.Lock", "asyncio.Semaphore", "asyncio.BoundedSemaphore"})
"""What nobody waits in who has it alone; for an event or a queue one waits alone as well."""
_WAITS = frozenset({ASYNC_ENTERED, ASYNC_ITERATED, AWAITED})
_CONCURRENT = frozenset({Pool.THREADS, Pool.GEVENT, Pool.EVENTLET, Pool.CUSTOM})


def is_uncontended(name: str, place: Place, project: Project) -> bool:
    """Say whether nobody ever waits in a primitive, by the name of its class and the place where it is made.

    All its uses in worker code are ``async with`` sections; either none of them awaits anything, or each loop runs one
    coroutine alone, in pools that run one task at a time.
    """
    uses = project.worker.uses_of(place) if name in _LOCKS else ()
    sections = [(use, section) for use in uses for section in [_section(use)] if section is not None]
    if not uses or len(sections) < len(uses):
        return False
    if not any(_awaits(use.reached.frame.function, section) for use, section in sections):
        return True
    return all(use.reached.frame.function in project.lone_coroutines for use in uses) and not any(
        _pools(use, project) & _CONCURRENT for use in uses
    )


def _pools(use: Use, project: Project) -> set[Pool]:
    return {
        pool.pool
        for number in numbers(use.reached.crossings)
        for pool in project.pools_at(project.worker.crossings[number].visit).met
    }


def _section(use: Use) -> int | None:
    """Return the block of the ``async with`` that enters the object where it is used, and nothing else."""
    for index, block in enumerate(use.reached.frame.function.blocks):
        if block.kind == "async with" and block.line == use.place.line and len(block.values) == 1:
            return None if use.method else index
    return None


def _awaits(function: Function, section: int) -> bool:
    """Say whether anything in a section gives the loop to others."""
    waits = [call.block for call in function.calls if call.use in _WAITS]
    waits += [read.block for read in function.awaits if read.use in _WAITS]
    waits += [leave.block for leave in function.leaves if leave.kind == "yield"]
    waits += [
        index for index, block in enumerate(function.blocks) if block.kind.startswith("async ") and index != section
    ]
    return any(inside(function, block, section) for block in waits)
