"""Clients that are made once and entered with ``async with`` in each call, which closes them for good (LAB 3y)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from flake8_celery_async.options import Options
from flake8_celery_async.project.ways import Visit
from flake8_celery_async.semantics.resources import Resource, resources
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.origins import Place

_CLOSED_FOR_GOOD = ("httpx", "aiohttp")
"""Libraries whose clients cannot be used again once they were left."""


class Entered(NamedTuple):
    """A client made at import that a task enters."""

    resource: Resource
    visit: Visit
    place: Place
    """The line that enters it."""


def find_entered(visits: Iterable[Visit], evaluator: Evaluator, options: Options) -> dict[Place, Entered]:
    """Return the clients, by the place where each is made, with the shortest way to where it is entered."""
    found: dict[Place, Entered] = {}
    for visit in visits:
        if visit.bridge is None:
            continue
        for block in visit.function.blocks:
            if block.kind != "async with":
                continue
            for value in block.values:
                for origin in evaluator.origins(value, visit.frame):
                    for resource in resources(origin, evaluator, options):
                        if _is_spent(resource) and resource.place not in found:
                            place = Place(visit.frame.module.path, block.line, 0)
                            found[resource.place] = Entered(resource, visit, place)
    return found


def _is_spent(resource: Resource) -> bool:
    """Say whether leaving the client leaves every later call with a closed one."""
    frame = resource.made.frame
    made_once = frame is not None and frame.function.kind in ("module", "class")
    return resource.kept and made_once and resource.row.name.partition(".")[0] in _CLOSED_FOR_GOOD
