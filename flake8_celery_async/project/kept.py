"""The objects of one module that are half of a pair, with what a message says of the other half."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flake8_celery_async.project.endings import CLOSES
from flake8_celery_async.project.pairs import Pair
from flake8_celery_async.project.wording import reached
from flake8_celery_async.semantics.resources import Resource
from flake8_celery_async.source.origins import Place


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


def kept_objects(pairs: Iterable[Pair]) -> Iterator[Kept]:
    """Yield each object of the pairs of one module's objects, in source order."""
    found: dict[Place, list[Pair]] = {}
    for pair in pairs:
        found.setdefault(pair.resource.place, []).append(pair)
    for place in sorted(found):
        first, *others = found[place]
        bridge = first.bridge
        more = len({pair.bridge.place for pair in others} - {bridge.place})
        said = f"{bridge.name} ({bridge.place})"
        if more and first.ending == CLOSES:
            said += f" and {more} other bridge{'s' if more > 1 else ''} close its event loop"
        else:
            said += f" {first.ending}"
        yield Kept(first.resource, first, place.line, place.column, said, reached(first.visit))
