"""The pair that most incidents are: a loop made for each call, and an object that outlives it."""

from __future__ import annotations

from dataclasses import dataclass

from flake8_celery_async.project.worker import Visit, WorkerCode
from flake8_celery_async.semantics.bridges import FRESH, Bridge
from flake8_celery_async.semantics.resources import (
    Resource,
    has_null_pool,
    is_keyed_by_loop,
    keeps_no_connection,
)
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import Function, Module
from flake8_celery_async.source.origins import Instance, Place


@dataclass(frozen=True, slots=True)
class Pair:
    """A fresh bridge and an object it shares with another loop."""

    bridge: Bridge
    resource: Resource
    visit: Visit
    """The shortest way from a task to the use."""
    place: Place
    """Where the object is used."""


def find_pairs(worker: WorkerCode, evaluator: Evaluator, modules: list[Module]) -> list[Pair]:
    """Return every pair without an excuse, shortest way first, one for each bridge and object."""
    disposed = _disposed(worker)
    shared = _shared(worker)
    safe: dict[Place, bool] = {}
    found: dict[tuple[Place, Place], Pair] = {}
    for use in worker.uses:
        bridge, resource = use.visit.bridge, use.resource
        if bridge is None or bridge.loop != FRESH or use.method in resource.row.close:
            continue
        key = (bridge.place, resource.place)
        if key in found or (bridge.group, resource.place) in disposed:
            continue
        if not resource.kept and resource.place not in shared:
            continue
        if resource.place not in safe:
            safe[resource.place] = (
                has_null_pool(resource, evaluator)
                or keeps_no_connection(resource, evaluator)
                or is_keyed_by_loop(resource, evaluator, iter(modules))
            )
        if not safe[resource.place]:
            found[key] = Pair(bridge, resource, use.visit, use.place)
    return sorted(found.values(), key=_order)


def _order(pair: Pair) -> tuple[int, Place, Place]:
    return (len(pair.visit.path), pair.bridge.place, pair.resource.place)


def _disposed(worker: WorkerCode) -> set[tuple[Place, Place]]:
    """Return the loops (by where they are made) with the objects that are closed before each of them ends."""
    return {
        (use.visit.bridge.group, use.resource.place)
        for use in worker.uses
        if use.visit.bridge is not None and use.method in use.resource.row.close and use.awaited and use.final
    }


def _shared(worker: WorkerCode) -> set[Place]:
    """Return the objects that one task makes and two of its bridge calls use.

    The object is made by sync code on the way to the bridge; it meets a second loop when another call drives it too,
    or when the same call stands in a loop.
    """
    ways: dict[Place, set[tuple[Place, ...]]] = {}
    shared: set[Place] = set()
    for use in worker.uses:
        visit, bridge, resource = use.visit, use.visit.bridge, use.resource
        if bridge is None or bridge.loop != FRESH or resource.kept:
            continue
        maker = _maker(resource)
        if maker is None or not _made_outside(maker, visit):
            continue
        before = visit.path[: visit.outside]
        seen = ways.setdefault(resource.place, set())
        seen.add(tuple([step.place for step in before]))
        if len(seen) > 1 or any(step.repeated for step in before):
            shared.add(resource.place)
    return shared


def _maker(resource: Resource) -> Function | None:
    """Return the function whose call made the object, or the instance it is an attribute of."""
    hold = resource.hold
    if hold is not None and hold.kind == "instance attribute":
        owner: Instance | None = hold.owner
        while owner is not None and owner.hold is not None and owner.hold.kind == "instance attribute":
            owner = owner.hold.owner
        return owner.frame.function if owner is not None and owner.frame is not None else None
    return resource.made.frame.function if resource.made.frame is not None else None


def _made_outside(maker: Function, visit: Visit) -> bool:
    """Say whether sync code that leads to the bridge contains the making function."""
    bridge = visit.bridge
    if bridge is None:
        return False
    task = visit.root.task
    return bridge.frame.function is maker or (task is not None and task.function is maker)
