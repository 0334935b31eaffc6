"""The objects of one module that are half of a pair, with what a message says of the other half."""

from __future__ import annotations

from typing import NamedTuple

from flake8_celery_async.project.endings import CLOSES
from flake8_celery_async.project.pairs import Pair, Shared
from flake8_celery_async.project.wording import reached
from flake8_celery_async.semantics.resources import Resource


class Kept(NamedTuple):
    """An object and the bridges that meet it; line and column are where it is made."""

    resource: Resource
    pair: Pair
    """With the bridge that is nearest to a task."""
    line: int
    column: int
    bridges: str
    """``asyncio.run() (app/tasks.py:30) and 2 other bridges close its event loop``."""
    reached: str


def kept(shared: Shared) -> Kept:
    """Return what a message says of an object and the bridges that it is a pair with."""
    pair, others = shared.nearest, shared.bridges - 1
    bridge, place = pair.bridge, pair.resource.place
    said = f"{bridge.name} ({bridge.place})"
    if others and pair.ending == CLOSES:
        said += f" and {others} other bridge{'s' if others > 1 else ''} close its event loop"
    else:
        said += f" {pair.ending}"
    return Kept(pair.resource, pair, place.line, place.column, said, reached(pair.visit))
