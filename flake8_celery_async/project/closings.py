"""Where worker code closes loop-bound objects on event loops that their connections do not belong to."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from flake8_celery_async.project.openings import is_left_open
from flake8_celery_async.project.pairs import objects_of_one_loop
from flake8_celery_async.project.ways import Crossing, Crossings, Reached, Use, Visit, numbers
from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.semantics.resources import has_null_pool, keeps_no_connection
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import ASYNC_ENTERED, ASYNC_ITERATED, AWAITED, Attribute, Call, Function
from flake8_celery_async.source.origins import Frame, FunctionObject, Made, Place

_HARMLESS = ("asyncio.", "anyio.", "logging.")
"""Prefixes of what a coroutine may await without using an engine."""


class Closing(NamedTuple):
    """A use that closes an object which may have connections of another loop."""

    use: Use
    crossing: Crossing
    """That whose bridge runs it."""
    visit: Visit
    place: Place
    """The place to report: that of the bridge, or of the use where the loop does something else afterwards."""
    is_alone: bool
    """Whether the bridge does nothing else."""


def find_closings(
    worker: WorkerCode, evaluator: Evaluator, started: Container[Function], opened: Container[Place]
) -> dict[str, list[Closing]]:
    """Return the closings by the paths of the files in which they are to be reported, the nearest of each place first.

    ``started`` are the functions that ``worker_process_init`` runs: engines that their bridges close are the parent's.
    ``opened`` is where the engines are made that the parent is seen to have connected.
    """
    found: dict[str, list[Closing]] = {}
    for closing in _Closings(worker, evaluator, started, opened).find():
        found.setdefault(closing.place.path, []).append(closing)
    return found


class _Closings:
    def __init__(
        self, worker: WorkerCode, evaluator: Evaluator, started: Container[Function], opened: Container[Place]
    ) -> None:
        self._worker = worker
        self._opened = opened
        self._evaluator = evaluator
        self._inheriting = worker.crossings_with(lambda crossing: crossing.bridge.frame.function in started)
        self._fresh = worker.crossings_with(lambda crossing: crossing.bridge.is_fresh)
        self._told: dict[bool, Crossings] = {True: 0, False: 0}
        """The crossings whose bridges are found already: those to engines of the parent, and the others."""
        self._by_object: dict[Place, list[Use]] = {}
        for use in worker.uses:
            self._by_object.setdefault(use.resource.place, []).append(use)
        self._of_one_loop = objects_of_one_loop(worker, worker.uses)

    def find(self) -> Iterator[Closing]:
        for use in self._worker.closings:
            resource, evaluator = use.resource, self._evaluator
            if not has_null_pool(resource, evaluator) and not keeps_no_connection(resource, evaluator):
                call, own = self._call(use)
                if call is None or not is_left_open(call):
                    yield from self._of_use(use, own)

    def _of_use(self, use: Use, own: Place | None) -> Iterator[Closing]:
        """Yield what is to be said of one use; ``own``: the place of the bridge, when it is not where it stands."""
        inherited = self._inheriting if use.resource.row.kind == "engine" else 0
        if not inherited & use.reached.crossings and use.resource.place in self._of_one_loop:
            return
        asked = use.reached.crossings & ~self._worker.to_threads & (inherited | (self._fresh & ~self._made_inside(use)))
        simple = 0 if use.reached.holds_bridge else asked & self._worker.lonely
        alone, first = self._sort(use, simple)
        for number in numbers(asked & ~simple):
            if not self._is_used_before(use, number):
                if next(self._others(use, number), None) is None:
                    alone |= 1 << number
                else:
                    first |= 1 << number
        # What closes it and then works with it does not say that the parent has connections.
        known = inherited if use.resource.place in self._opened else 0
        left = sum([1 << number for number in self._unused(use, first & known)])
        for is_inherited, crossings in ((True, alone & inherited | left), (False, alone & ~inherited)):
            for number in numbers(crossings if own is not None else crossings & ~self._told[is_inherited]):
                yield self._closing(use, number, own or self._worker.crossings[number].bridge.place, True)
            self._told[is_inherited] |= crossings if own is None else 0
        for number in islice(self._unused(use, first & ~inherited), 1):
            yield self._closing(use, number, use.place, False)

    def _unused(self, use: Use, crossings: Crossings) -> Iterator[int]:
        """Yield those of some crossings on whose loops the object is not used before it is closed, nearest first."""
        for _, came in use.reached.by_length:
            for number in numbers(came & crossings):
                closed = _when(self._worker.by(number, use.reached), use.place.line)
                others = [(other, visit) for other, _, visit in self._same_loop(use, number) if not other.closes]
                if all(_when(visit, other.place.line) >= closed for other, visit in others):
                    yield number

    def _closing(self, use: Use, number: int, place: Place, is_alone: bool) -> Closing:
        crossing = self._worker.crossings[number]
        return Closing(use, crossing, self._worker.by(number, use.reached), place, is_alone)

    def _call(self, use: Use) -> tuple[Call | None, Place | None]:
        """Return the call that closes, when it is in sight, and the place to report, when that is not the bridge's."""
        if use.reached.holds_bridge:
            bridge = self._worker.crossings[next(numbers(use.reached.crossings))].bridge
            for origin in bridge.origins(self._evaluator):
                if isinstance(origin, Made) and origin.name.endswith(f".{use.method}") and origin.place is not None:
                    # ``run_async(engine.dispose())``: the helper that holds the bridge is not at fault.
                    is_here = origin.frame is None or origin.frame.function is bridge.frame.function
                    return origin.call, None if is_here else origin.place
            return None, None
        for call in use.reached.frame.function.calls:
            if (call.line, call.column) == (use.place.line, use.place.column):
                if isinstance(call.function, Attribute) and call.function.name == use.method:
                    return call, None
        return None, None

    def _made_inside(self, use: Use) -> Crossings:
        """Return the crossings than whose loops the object lives no longer.

        It is neither kept, nor made by the code around the bridge.
        """
        if use.resource.kept:
            return 0
        frame = use.resource.made.frame
        return ~self._worker.crossings_of(frame.function) if frame is not None else ~0

    # -- many loops at a time, on which one coroutine is driven ------------------------------------------------------

    def _sort(self, use: Use, crossings: Crossings) -> tuple[Crossings, Crossings]:
        """Return the crossings to loops that do nothing but close the object, and to those that await nothing before.

        The latter may still use the object before.
        """
        uses = [other for other in self._by_object[use.resource.place] if other is not use]
        again = used = 0
        for other in uses:
            if other.closes:
                again |= other.final
            else:
                used |= other.reached.crossings
        left = crossings & ~again
        alone = left & ~used & ~self._awaiting
        first = left & ~alone & ~self._awaited_before.get(use.reached, 0)
        if self._first_lines.get(use.reached, use.place.line) < use.place.line:
            first = 0
        return alone, first

    @cached_property
    def _awaiting(self) -> Crossings:
        """The crossings to loops on which something is awaited that cannot be seen."""
        found = 0
        for ways in self._worker.reached.values():
            for reached in ways:
                if next(self._lines(reached.frame), None) is not None:
                    found |= reached.crossings
        return found

    @cached_property
    def _first_lines(self) -> dict[Reached, int]:
        """The first line of each function at which such is awaited, there or in what is called there."""
        own = {reached: [*self._lines(reached.frame)] for ways in self._worker.reached.values() for reached in ways}
        found = {reached: min(lines) for reached, lines in own.items() if lines}
        waiting = [*found]
        for reached in waiting:
            for _, _, step, before in reached.arrivals():
                if before is not None and step is not None:
                    if before not in found:
                        waiting.append(before)
                    found[before] = min(found.get(before, step.place.line), step.place.line)
        return found

    @cached_property
    def _awaited_before(self) -> dict[Reached, Crossings]:
        """The crossings on whose loops such is awaited before a function is called."""
        arrivals = [
            (*arrival, reached)
            for ways in self._worker.reached.values()
            for reached in ways
            for arrival in reached.arrivals()
        ]
        found: dict[Reached, Crossings] = {}
        for _, came, step, before, reached in sorted(arrivals, key=itemgetter(0)):
            if before is not None and step is not None:
                is_late = self._first_lines.get(before, step.place.line) < step.place.line
                found[reached] = found.get(reached, 0) | (came if is_late else came & found.get(before, 0))
        return found

    # -- one loop at a time ------------------------------------------------------------------------------------------

    def _same_loop(self, use: Use, number: int) -> Iterator[tuple[Use, int, Visit]]:
        """Yield the other uses of the object on the loop, with the numbers of the crossings and the ways to them."""
        own = self._worker.by(number, use.reached)
        for other, by in self._worker.uses_on(number, use.resource.place):
            visit = self._worker.by(by, other.reached)
            if (other.place != use.place or visit.path != own.path) and not _is_apart(visit, use, own):
                yield other, by, visit

    def _others(self, use: Use, number: int) -> Iterator[tuple[int, ...]]:
        """Yield when, on the same loop, the object is used or something is awaited that cannot be seen."""
        own = self._worker.by(number, use.reached)
        for other, _, visit in self._same_loop(use, number):
            if not other.closes:
                yield _when(visit, other.place.line)
        for visit in self._worker.visits_on(number):
            if not _is_apart(visit, use, own):
                for line in self._lines(visit.frame):
                    yield _when(visit, line)

    def _is_used_before(self, use: Use, number: int) -> bool:
        """Say whether the loop has, or may have, used the object before it closes it, or closes it again at the end."""
        if any(other.closes and other.final >> by & 1 for other, by, _ in self._same_loop(use, number)):
            return True
        closed = _when(self._worker.by(number, use.reached), use.place.line)
        return any(when < closed for when in self._others(use, number))

    def _lines(self, frame: Frame) -> Iterator[int]:
        """Yield the lines of the calls by which a coroutine awaits something that is not in sight."""
        evaluator = self._evaluator
        for call in frame.function.calls:
            if call.use not in (ASYNC_ENTERED, ASYNC_ITERATED, AWAITED):
                continue
            if any(isinstance(origin, FunctionObject) for origin in evaluator.origins(call.function, frame)):
                continue
            names = evaluator.names(call.function, frame)
            if names and all(name.startswith(_HARMLESS) for name in names):
                continue
            if Place(frame.module.path, call.line, call.column) not in self._worker.closing_places:
                yield call.line


def _way(visit: Visit) -> tuple[Place, ...]:
    """Return the calls that lead to the function that holds the bridge, or to the one that gives it the loop."""
    bridge = visit.bridge
    given = bridge is not None and any(
        isinstance(origin, Made) and origin.place == bridge.group
        for _, origins in bridge.frame.arguments
        for origin in origins
    )
    return tuple([step.place for step in visit.path[: visit.outside - (2 if given else 1)]])


def _is_apart(visit: Visit, use: Use, own: Visit) -> bool:
    """Say whether two visits share a helper's bridge but not the loop of one call of that helper."""
    return use.reached.holds_bridge and (_way(visit) != _way(own) or visit.root != own.root)


def _when(visit: Visit, line: int) -> tuple[int, ...]:
    """Return a key that orders what one bridge or one loop does: the lines of the calls from where the loop is on."""
    bridge = visit.bridge
    given = visit.path[len(_way(visit)) : visit.outside - 1]
    first = bridge.call.line if bridge is not None else 0
    return (*[s.place.line for s in given], first, *[s.place.line for s in visit.path[visit.outside + 1 :]], line)
