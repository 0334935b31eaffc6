"""The pair that most incidents are: a loop made for each call, and an object that outlives it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from flake8_celery_async.project.endings import Endings
from flake8_celery_async.project.index import Modules
from flake8_celery_async.project.worker import Use, Visit, WorkerCode
from flake8_celery_async.semantics.bridges import FRESH, Bridge
from flake8_celery_async.semantics.catalog.signals import ONCE
from flake8_celery_async.semantics.resources import (
    Resource,
    has_null_pool,
    is_keyed_by_loop,
    keeps_no_connection,
)
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import Function
from flake8_celery_async.source.origins import Instance, Place


@dataclass(frozen=True, slots=True)
class Pair:
    """A bridge whose loop ends and an object it shares with another loop."""

    bridge: Bridge
    resource: Resource
    visit: Visit
    """The shortest way from a task to the use."""
    place: Place
    """Where the object is used."""
    ending: str
    """What is to be said of the bridge: how its loop ends before the object does."""


class Excuse(Enum):
    """Why the use of an object on a loop makes no pair; the text says it of the object or of the bridge."""

    OTHER_LOOP = "the loop of the bridge outlives the call"
    CLOSING = "only closed there, which is the subject of CAX15"
    MADE_INSIDE = "made inside the coroutine, or anew for each loop"
    CLOSED = "closed in a finally, or as the last act of the coroutine"
    KEYED_BY_LOOP = "kept for each running loop"
    NULL_POOL = "made with NullPool"
    NO_KEEP_ALIVE = "made with Limits(max_keepalive_connections=0)"
    USED_ONCE = "used by one receiver alone, once in the life of a process"


class Excuses:
    """What makes the objects of worker code safe on loops that end."""

    def __init__(self, worker: WorkerCode, endings: Endings, evaluator: Evaluator, modules: Modules) -> None:
        self._endings = endings
        self._evaluator = evaluator
        self._modules = modules
        self._disposed = _disposed(worker)
        self._shared = _shared(worker)
        self._used_once = _used_once(worker)
        self._safe: dict[Place, Excuse | None] = {}

    def find(self, use: Use) -> Excuse | None:
        """Return the excuse of one use of an object, or None when its bridge and the object are a pair."""
        bridge, resource = use.visit.bridge, use.resource
        if bridge is None or not self._endings.of(use):
            return Excuse.OTHER_LOOP
        if use.method in resource.row.close:
            return Excuse.CLOSING
        if (bridge.group, resource.place) in self._disposed:
            return Excuse.CLOSED
        if not resource.kept and resource.place not in self._shared:
            return Excuse.MADE_INSIDE
        if resource.place in self._used_once:
            return Excuse.USED_ONCE
        if resource.place not in self._safe:
            self._safe[resource.place] = self._of_object(resource)
        return self._safe[resource.place]

    def _of_object(self, resource: Resource) -> Excuse | None:
        if has_null_pool(resource, self._evaluator):
            return Excuse.NULL_POOL
        if keeps_no_connection(resource, self._evaluator):
            return Excuse.NO_KEEP_ALIVE
        return Excuse.KEYED_BY_LOOP if is_keyed_by_loop(resource, self._evaluator, self._modules.at) else None


def looked_for(resource: Resource) -> tuple[Excuse, ...]:
    """Return the excuses that an object of this kind can have."""
    found = [Excuse.MADE_INSIDE, Excuse.CLOSED, Excuse.KEYED_BY_LOOP]
    if resource.row.kind == "engine":
        found.append(Excuse.NULL_POOL)
    if resource.row.name.startswith("httpx."):
        found.append(Excuse.NO_KEEP_ALIVE)
    return tuple(found)


def find_pairs(worker: WorkerCode, endings: Endings, excuses: Excuses) -> list[Pair]:
    """Return every pair without an excuse, shortest way first, one for each bridge and object."""
    found: dict[tuple[Place, Place], Pair] = {}
    for use in worker.uses:
        bridge, resource = use.visit.bridge, use.resource
        if bridge is None:
            continue
        key = (bridge.place, resource.place)
        if key not in found and excuses.find(use) is None:
            found[key] = Pair(bridge, resource, use.visit, use.place, endings.of(use))
    ordered = sorted([(len(pair.visit.path), key) for key, pair in found.items()])
    return [found[key] for _, key in ordered]


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


def _used_once(worker: WorkerCode) -> set[Place]:
    """Return the objects that no second loop uses: one bridge call does, in a receiver that runs once in a process.

    What a receiver uses and tasks use too meets two loops, in the process that forks from the receiver's as well.
    """
    ways: dict[Place, set[tuple[Place, ...]]] = {}
    again: set[Place] = set()
    for use in worker.uses:
        visit, bridge, resource = use.visit, use.visit.bridge, use.resource
        if bridge is None or use.method in resource.row.close:
            continue
        before = visit.path[: visit.outside]
        ways.setdefault(resource.place, set()).add((visit.root.place, *[step.place for step in before]))
        receiver = visit.root.receiver
        if receiver is None or receiver.signal.name not in ONCE or any(step.repeated for step in before):
            again.add(resource.place)
    return {place for place, found in ways.items() if len(found) == 1 and place not in again}


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
    if maker.is_async:
        return False  # what its coroutine makes, the bridge drives; a decorator may stand between
    task = visit.root.task
    return bridge.frame.function is maker or (task is not None and task.function is maker)
