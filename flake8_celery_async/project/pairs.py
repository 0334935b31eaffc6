"""The pair that most incidents are: a loop made for each call, and an object that outlives it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from flake8_celery_async.project.branches import spare
from flake8_celery_async.project.endings import Endings
from flake8_celery_async.project.forgotten import Forgotten
from flake8_celery_async.project.index import Modules
from flake8_celery_async.project.ways import Crossing, Crossings, Loops, Step, Use, Visit, defined_at, nearest, numbers
from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.semantics.bridges import FRESH, Bridge
from flake8_celery_async.semantics.catalog.signals import ONCE
from flake8_celery_async.semantics.resources import (
    Resource,
    has_null_pool,
    innermost,
    is_keyed_by_loop,
    keeps_no_connection,
)
from flake8_celery_async.source.blocks import LOOPS, around, in_loop
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.grouping import grouped
from flake8_celery_async.source.module import Call, Function
from flake8_celery_async.source.origins import Instance, Made, Place


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
    FORGOTTEN = "set to None before each use, or kept for a thread that each call starts anew"
    USED_ONCE = "used by one receiver alone, once in the life of a process"


class Excuses:
    """What makes the objects of worker code safe on loops that end."""

    def __init__(self, worker: WorkerCode, endings: Endings, evaluator: Evaluator, modules: Modules) -> None:
        self._worker = worker
        self._endings = endings
        self._evaluator = evaluator
        self._modules = modules
        self._disposed = _disposed(worker)
        self._forgotten = Forgotten(worker, evaluator)
        self._shared = _shared(worker)
        self._used_once = _used_once(worker)
        self._safe: dict[Place, Excuse | None] = {}

    def of(self, use: Use) -> dict[Excuse | None, Crossings]:
        """Return the crossings to one use of an object by its excuse on their loops.

        Those without one, under None, make a pair of their bridge and the object.
        """
        found: dict[Excuse | None, Crossings] = {}
        left = use.reached.crossings
        for excuse, excused in self._excused(use):
            if left & excused:
                found[excuse] = left & excused
            left &= ~excused
        return {**found, None: left} if left else found

    def _excused(self, use: Use) -> Iterator[tuple[Excuse, Crossings]]:
        """Yield the excuses of a use in the order in which they count, each with the crossings that it is for."""
        resource, crossings = use.resource, use.reached.crossings
        yield Excuse.OTHER_LOOP, ~self._endings.ending(resource)
        if use.closes:
            yield Excuse.CLOSING, crossings
        yield Excuse.CLOSED, ~self._worker.elsewhere(crossings, self._disposed.get(resource.place, 0))
        is_kept = resource.kept and not self._is_of_a_context(resource)
        if not is_kept and resource.place not in self._shared:
            yield Excuse.MADE_INSIDE, crossings
        yield Excuse.FORGOTTEN, self._forgotten.of(resource)
        if resource.place in self._used_once:
            yield Excuse.USED_ONCE, crossings
        if resource.place not in self._safe:
            self._safe[resource.place] = self._of_object(resource)
        excuse = self._safe[resource.place]
        if excuse is not None:
            yield excuse, crossings

    def _is_of_a_context(self, resource: Resource) -> bool:
        """Say whether coroutine code alone sets the context variable that keeps an object: each run has a copy."""
        hold = resource.hold
        if hold is None or hold.kind != "context variable":
            return False
        module = self._modules.at(hold.place.path)
        return module is not None and self._worker.synchronous(innermost(module, hold.place)) is None

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


class _Making(NamedTuple):
    """The call that made an object, and its function."""

    function: Function
    call: Call
    defined: Place
    """Where the function is defined."""


class Bridged(NamedTuple):
    """A use of an object with the crossings whose bridges it makes pairs of."""

    use: Use
    crossings: Crossings


class Shared(NamedTuple):
    """An object with the bridges that it is a pair with."""

    nearest: Pair
    bridges: int
    """How many they are."""


class Pairs:
    """The pairs without an excuse."""

    def __init__(self, worker: WorkerCode, endings: Endings, excuses: Excuses) -> None:
        self._worker = worker
        self._endings = endings
        found = [Bridged(use, crossings) for use in worker.uses if (crossings := excuses.of(use).get(None, 0))]
        left_out = spare([bridged.use.resource for bridged in found])
        self._all = [bridged for bridged in found if bridged.use.resource.place not in left_out]

    @cached_property
    def of_bridges(self) -> list[Pair]:
        """Each bridge that meets objects which hold connections, with the nearest of them, shortest way first."""
        best: dict[Place, tuple[int, Place, int, Use]] = {}
        ordered = sorted(self._connections, key=lambda bridged: bridged.use.resource.place)
        for number, (length, use) in nearest([(b.use, b.use.reached, b.crossings) for b in ordered]).items():
            bridge, found = self._worker.crossings[number].bridge.place, (length, use.resource.place, number, use)
            if bridge not in best or found[:3] < best[bridge][:3]:
                best[bridge] = found
        return [self._pair(best[bridge][2], best[bridge][3]) for bridge in sorted(best, key=lambda b: (best[b][0], b))]

    @cached_property
    def of_objects(self) -> dict[Place, Shared]:
        """The objects by where they are made."""
        return {place: self._shared(found) for place, found in self._by_object.items()}

    @cached_property
    def stale_loops(self) -> frozenset[Place]:
        """The loops, by :attr:`Bridge.group`, that meet objects which hold connections."""
        found = 0
        for bridged in self._connections:
            found |= bridged.crossings
        return frozenset([self._worker.crossings[number].bridge.group for number in numbers(found)])

    def beside(self, pair: Pair) -> list[Pair]:
        """Return the pairs of the same bridge with other objects that hold connections, shortest way first."""
        here = self._worker.crossings_with(lambda crossing: crossing.bridge.place == pair.bridge.place)
        found = self._every([Bridged(bridged.use, bridged.crossings & here) for bridged in self._connections])
        return [other for other in found if other.resource.place != pair.resource.place]

    def around(self, pair: Pair) -> list[Pair]:
        """Return the pairs of the same object with other bridges, shortest way first."""
        found = self._every(self._by_object[pair.resource.place])
        return [other for other in found if other.bridge.place != pair.bridge.place]

    @cached_property
    def _connections(self) -> list[Bridged]:
        """All but the asyncio primitives."""
        return [bridged for bridged in self._all if bridged.use.resource.row.kind != "primitive"]

    @cached_property
    def _by_object(self) -> dict[Place, list[Bridged]]:
        return grouped(self._all, lambda bridged: bridged.use.resource.place)

    def _shared(self, found: Iterable[Bridged]) -> Shared:
        """Return what all uses of one object come to."""
        every = near = 0
        shortest: int | None = None
        for use, crossings in found:
            every |= crossings
            length, came = next(
                (length, came & crossings) for length, came in use.reached.by_length if came & crossings
            )
            if shortest is None or length <= shortest:
                near = came | (near if length == shortest else 0)
                shortest = length
        number = self._worker.by_place.first(near)
        use = next(use for use, crossings in found if crossings >> number & 1)
        return Shared(self._pair(number, use), self._worker.count_bridges(every))

    def _every(self, found: Iterable[Bridged]) -> list[Pair]:
        """Return one pair for each bridge and object, shortest way first."""
        best: dict[tuple[Place, Place], tuple[int, int, Use]] = {}
        for use, crossings in found:
            for length, came in use.reached.by_length:
                for number in numbers(came & crossings):
                    key = (self._worker.crossings[number].bridge.place, use.resource.place)
                    if key not in best or length < best[key][0]:
                        best[key] = (length, number, use)
        return [self._pair(*best[key][1:]) for key in sorted(best, key=lambda key: (best[key][0], key))]

    def _pair(self, number: int, use: Use) -> Pair:
        crossing = self._worker.crossings[number]
        ending = self._endings.of(crossing, use.resource)
        return Pair(crossing.bridge, use.resource, self._worker.by(number, use.reached), use.place, ending)


def _disposed(worker: WorkerCode) -> dict[Place, Loops]:
    """Return the loops on which each object, by where it is made, is closed before they end."""
    found: dict[Place, Crossings] = {}
    for use in worker.closings:
        if use.awaited:
            found[use.resource.place] = found.get(use.resource.place, 0) | use.final
    return {place: worker.loops_of(crossings) for place, crossings in found.items()}


def _shared(worker: WorkerCode) -> set[Place]:
    """Return the objects that one task makes and two of its bridge calls use.

    The object is made by sync code on the way to the bridge; it meets a second loop when another call drives it too,
    or when the same call stands in a loop.
    """
    makers = _makers(worker)
    found: dict[tuple[Place, _Making], Crossings] = {}
    for use in worker.uses:
        made = None if use.resource.kept else _making(use.resource)
        if made is not None and made.function in makers:
            key = (use.resource.place, made)
            found[key] = found.get(key, 0) | (use.reached.crossings & makers[made.function])
    return {key[0] for key, crossings in found.items() if _is_again(crossings, worker, key[1])}


def _makers(worker: WorkerCode) -> dict[Function, Crossings]:
    """Return the crossings to fresh loops by the sync functions that may make what they share.

    These are the one with the bridge and the task; what a coroutine makes, the bridge drives, though a decorator may
    stand between.
    """
    found: dict[Function, Crossings] = {}
    for number, (bridge, visit, _) in enumerate(worker.crossings):
        task = visit.root.task
        for maker in {bridge.frame.function, task.function if task is not None else bridge.frame.function}:
            if bridge.loop == FRESH and not maker.is_async:
                found[maker] = found.get(maker, 0) | 1 << number
    return found


def _is_again(crossings: Crossings, worker: WorkerCode, made: _Making | None = None) -> bool:
    """Say whether one of some crossings leads to more than one loop, or two of them lead to different ones.

    ``made`` is the call that makes what they share, with its function: what comes before it makes it anew.
    """
    first: tuple[Place, ...] | None = None
    for number in numbers(crossings):
        way = _since(_to_loop(worker.crossings[number]), made)
        places = tuple([step.place for step in way])
        if any(_is_repeated(step, made) for step in way) or (first is not None and places != first):
            return True
        first = places
    return False


def _to_loop(crossing: Crossing) -> tuple[Step, ...]:
    """Return the steps that lead to a new loop: the last is the call that makes it, where that is not the bridge."""
    bridge, visit, step = crossing
    if bridge.group == bridge.place:
        return crossing.way
    blocks = _blocks_at(bridge.group, visit.function)
    repeated = in_loop(visit.function, blocks[0]) if blocks else step.repeated
    return (*visit.path, step._replace(place=bridge.group, repeated=repeated))


def _since(way: tuple[Step, ...], made: _Making | None) -> tuple[Step, ...]:
    """Return the steps behind the last that enters the function which makes what is shared; else all."""
    if made is None:
        return way
    entered = [n for n, step in enumerate(way, 1) if step.defined is not None and step.defined[:2] == made.defined[:2]]
    return way[entered[-1] :] if entered else way


def _is_repeated(step: Step, made: _Making | None) -> bool:
    """Say whether a step of a way stands in a loop that does not make anew what was made."""
    if not step.repeated or made is None:
        return step.repeated
    blocks = _blocks_at(step.place, made.function)
    return not blocks or not _loops(made.function, blocks[0]) <= _loops(made.function, made.call.block)


def _blocks_at(place: Place, function: Function) -> list[int]:
    """Return the blocks of the calls of a function at a place."""
    return [call.block for call in function.calls if (call.line, call.column) == (place.line, place.column)]


def _loops(function: Function, block: int) -> set[int]:
    return {index for index, found in around(function, block) if found.kind in LOOPS}


def _used_once(worker: WorkerCode) -> set[Place]:
    """Return the objects that no second loop uses, whichever closes them."""
    return objects_of_one_loop(worker, [use for use in worker.uses if not use.closes])


def objects_of_one_loop(worker: WorkerCode, uses: Iterable[Use]) -> set[Place]:
    """Return the objects that by some uses meet one loop: one bridge call, in a receiver that runs once in a process.

    What a receiver uses and tasks use too meets two loops, in the process that forks from the receiver's as well.
    """
    once = worker.crossings_with(_is_once)
    found: dict[Place, Crossings] = {}
    for use in uses:
        found[use.resource.place] = found.get(use.resource.place, 0) | use.reached.crossings
    return {place for place, crossings in found.items() if not crossings & ~once and not _is_again(crossings, worker)}


def _is_once(crossing: Crossing) -> bool:
    receiver = crossing.visit.root.receiver
    return receiver is not None and receiver.signal.name in ONCE


def _making(resource: Resource) -> _Making | None:
    """Return the call that made the object, or the instance it is an attribute of, with its function."""
    made: Instance | Made | None = resource.made
    hold = resource.hold
    if hold is not None and hold.kind == "instance attribute":
        made = hold.owner
        while made is not None and made.hold is not None and made.hold.kind == "instance attribute":
            made = made.hold.owner
    if made is None or made.frame is None or made.call is None:
        return None
    return _Making(made.frame.function, made.call, defined_at(made.frame))
