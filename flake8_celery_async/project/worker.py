"""Worker code: every function a worker's tasks and signal receivers reach, and on which event loop each runs.

One walk over calls, from all tasks at once and shortest paths first, so the first visit of a function has the shortest
path; ties go by path and line, so the same input gives the same output.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import NamedTuple

from flake8_celery_async.options import Options
from flake8_celery_async.project.acts import Acts, By, Onward, step_of
from flake8_celery_async.project.sync_code import (
    LONGEST_PATH,
    MOST_VISITS,
    MOST_WAYS,
    SyncCode,
    Way,
    beginning,
    in_thread,
    seen_from,
    way_to,
    winds,
)
from flake8_celery_async.project.ways import (
    Crossing,
    Crossings,
    Final,
    Loops,
    Ranking,
    Reached,
    Root,
    Step,
    Use,
    Visit,
    defined_at,
    numbers,
)
from flake8_celery_async.semantics.bridges import THREAD, Bridge, driven_frames
from flake8_celery_async.semantics.resources import resources
from flake8_celery_async.semantics.tasks import runs_task
from flake8_celery_async.source.blocks import around, in_finally
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.grouping import grouped
from flake8_celery_async.source.module import ASYNC_ENTERED, AWAITED, ENTERED, Function, Module
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import (
    Frame,
    Instance,
    Made,
    Method,
    Origin,
    Place,
)

MOST_HANDLING = 4
"""Ways to a function on which the objects are looked for that it works with; they differ in its arguments only."""


class _Running(NamedTuple):
    """What runs on one loop, each with the number of the crossing that leads to it."""

    coroutines: list[tuple[Reached, int]]
    uses: dict[Place, list[tuple[Use, int]]]
    """By where the objects are made."""


class WorkerCode:
    """What the workers of a project run."""

    def __init__(self, roots: Iterable[tuple[Root, Frame]], evaluator: Evaluator, options: Options) -> None:
        self._evaluator = evaluator
        self._options = options
        self._acts = Acts(evaluator, options)
        self._sync = SyncCode(evaluator, options)
        self.visits: dict[Function, list[Visit]] = {}
        """Every visit of each function, shortest path first; on event loops one for each frame, that of the nearest."""
        self.crossings: list[Crossing] = []
        """The bridges that sync worker code meets, nearest first."""
        self.reached: dict[Function, list[Reached]] = {}
        """What coroutine code reaches, by function, nearest first."""
        self.uses: list[Use] = []
        self._loops: dict[Place, Loops] = {}
        """The loops by their groups (see :attr:`Bridge.group`)."""
        self._later: Crossings = 0
        """The crossings to loops that an earlier one leads to."""
        self._loops_of_later: dict[Crossings, Loops] = {}
        """What was found for some of those; the same ones come to one function after the other."""
        self._known: dict[tuple[Frame, bool, bool, bool], Reached] = {}
        self._driven: list[list[Reached]] = []
        """What the bridge of each crossing drives."""
        self._ways: dict[Way, list[Loops]] = {}
        """For each N the loops on which there are more than N ways to a function."""
        self._found_on_loops: dict[Place, _Running] = {}
        self._left = MOST_VISITS
        self._on_loops: list[dict[Reached, Crossings]] = [{} for _ in range(LONGEST_PATH + 1)]
        """What is to be followed by which crossings, by the length of the paths."""
        for root, frame in sorted(roots, key=lambda item: item[0].place):
            self._sync.enter(beginning(root, frame))
        for length in range(LONGEST_PATH + 1):
            for visit in self._sync.at(length):
                self.visits.setdefault(visit.function, []).append(visit)
                for crossing in self._sync.follow(visit):
                    self._cross(crossing)
            for reached, crossings in self._on_loops[length].items():
                self._follow(reached, crossings, length)

    def first(self, function: Function) -> Visit | None:
        """Return the shortest way to a function, or None when no worker code reaches it."""
        found = self.visits.get(function)
        return found[0] if found else None

    def synchronous(self, function: Function) -> Visit | None:
        """Return the shortest way that reaches a function outside any event loop, or None."""
        return next((v for v in self.visits.get(function, ()) if v.bridge is None), None)

    def by(self, number: int, reached: Reached) -> Visit:
        """Return the way of a crossing, by its number, to what it leads to."""
        crossing = self.crossings[number]
        path = (*crossing.way, *reached.steps(number))
        root, bridge, outside = crossing.visit.root, crossing.bridge, len(crossing.way)
        return Visit(reached.frame, root, path, bridge, outside, reached.threaded, reached.passed, reached.ending)

    def shortest(self, reached: Reached, among: Crossings) -> Visit:
        """Return the shortest way by one of some crossings, of which at least one leads there."""
        return self.by(reached.nearest(among), reached)

    def crossings_in(self, module: Module) -> Sequence[Crossing]:
        """Return the crossings whose bridges stand in a module, nearest first."""
        return self._crossings_by_module.get(module, ())

    @cached_property
    def _crossings_by_module(self) -> dict[Module, list[Crossing]]:
        return grouped(self.crossings, lambda crossing: crossing.bridge.frame.module)

    def driven_by(self, number: int) -> Sequence[Reached]:
        """Return what the bridge of a crossing drives, by the number of the crossing."""
        return self._driven[number]

    def crossings_to(self, function: Function) -> Crossings:
        """Return the crossings that lead to a function."""
        found = 0
        for reached in self.reached.get(function, ()):
            found |= reached.crossings
        return found

    def loops_to(self, function: Function) -> Loops:
        """Return the loops on which a function runs."""
        found = 0
        for reached in self.reached.get(function, ()):
            found |= reached.met
        return found

    def crossings_with(self, holds: Callable[[Crossing], bool]) -> Crossings:
        """Return the crossings of which something holds."""
        return sum([1 << number for number, crossing in enumerate(self.crossings) if holds(crossing)])

    @cached_property
    def to_threads(self) -> Crossings:
        """The crossings to loops that run in threads of their own."""
        return self.crossings_with(lambda crossing: crossing.bridge.loop == THREAD)

    @cached_property
    def lonely(self) -> Crossings:
        """The crossings that each lead to a loop of their own, on which one coroutine is driven."""
        groups = self._crossings_by_group
        return sum(
            [
                1 << number
                for number, crossing in enumerate(self.crossings)
                if len(groups[crossing.bridge.group]) == 1 and len(self._driven[number]) == 1
            ]
        )

    def crossings_of(self, function: Function) -> Crossings:
        """Return the crossings whose bridges stand in a function."""
        return self._crossings_by_function.get(function, 0)

    @cached_property
    def _crossings_by_function(self) -> dict[Function, Crossings]:
        found: dict[Function, Crossings] = {}
        for number, crossing in enumerate(self.crossings):
            function = crossing.bridge.frame.function
            found[function] = found.get(function, 0) | 1 << number
        return found

    @cached_property
    def loop_thread(self) -> Bridge | None:
        """The nearest bridge to a loop in a thread of its own."""
        return next((crossing.bridge for crossing in self.crossings if crossing.bridge.loop == THREAD), None)

    @cached_property
    def by_place(self) -> Ranking:
        """The order of the crossings by the places of their bridges."""
        return Ranking([crossing.bridge.place for crossing in self.crossings])

    def bridges_of(self, crossings: Crossings) -> frozenset[Place]:
        """Return the places of the bridges of some crossings."""
        return frozenset([self.crossings[number].bridge.place for number in numbers(crossings)])

    def count_bridges(self, crossings: Crossings) -> int:
        """Return how many bridges some crossings are made by; one may be met with different arguments."""
        return (crossings & ~self._twins).bit_count() + len(self.bridges_of(crossings & self._twins))

    @cached_property
    def _twins(self) -> Crossings:
        """The crossings whose bridges make others too."""
        met = Counter([crossing.bridge.place for crossing in self.crossings])
        return self.crossings_with(lambda crossing: met[crossing.bridge.place] > 1)

    def loops_of(self, crossings: Crossings) -> Loops:
        """Return the loops that some crossings lead to."""
        later = crossings & self._later
        if later not in self._loops_of_later:
            groups = [self.crossings[number].bridge.group for number in numbers(later)]
            self._loops_of_later[later] = reduce(or_, [self._loops[group] for group in groups], 0)
        return (crossings & ~later) | self._loops_of_later[later]

    def loop_at(self, group: Place) -> Loops:
        """Return the loop of a group (see :attr:`Bridge.group`), or none."""
        return self._loops.get(group, 0)

    def elsewhere(self, crossings: Crossings, loops: Loops) -> Crossings:
        """Return those of some crossings that lead to none of some loops."""
        led = self.loops_of(crossings)
        if not led & loops or not led & ~loops:
            return crossings if not led & loops else 0
        found = crossings & ~loops
        for number in numbers(found & self._later):
            if self._loops[self.crossings[number].bridge.group] & loops:
                found ^= 1 << number
        return found

    def visits_on(self, number: int) -> list[Visit]:
        """Return what runs on the loop that a crossing leads to."""
        return [self.by(by, reached) for reached, by in self._on_loop(number).coroutines]

    def uses_on(self, number: int, made: Place) -> Sequence[tuple[Use, int]]:
        """Return the uses, on the loop that a crossing leads to, of the object that is made at a place.

        Each comes with the number of the crossing that leads to it.
        """
        return self._on_loop(number).uses.get(made, ())

    def _on_loop(self, number: int) -> _Running:
        group = self.crossings[number].bridge.group
        if group not in self._found_on_loops:
            self._found_on_loops[group] = self._find_on_loop(group)
        return self._found_on_loops[group]

    def _find_on_loop(self, group: Place) -> _Running:
        found = {reached: by for by in self._crossings_by_group[group] for reached in self._driven[by]}
        waiting = [*found]
        for reached in waiting:
            by = found[reached]
            new = [other for other in reached.onward if other.crossings >> by & 1 and other not in found]
            found.update(dict.fromkeys(new, by))
            waiting += dict.fromkeys(new)
        uses: dict[Place, list[tuple[Use, int]]] = {}
        for reached, by in found.items():
            for use in self._uses_by_reached.get(reached, ()):
                uses.setdefault(use.resource.place, []).append((use, by))
        return _Running([(reached, by) for reached, by in found.items() if not reached.holds_bridge], uses)

    def uses_in(self, reached: Reached) -> Sequence[Use]:
        """Return the uses of objects that stand in a function itself."""
        return self._uses_by_reached.get(reached, ())

    @cached_property
    def _uses_by_reached(self) -> dict[Reached, list[Use]]:
        return grouped(self.uses, lambda use: use.reached)

    @cached_property
    def _crossings_by_group(self) -> dict[Place, list[int]]:
        found: dict[Place, list[int]] = {}
        for number, crossing in enumerate(self.crossings):
            found.setdefault(crossing.bridge.group, []).append(number)
        return found

    def uses_made_in(self, path: str) -> Sequence[Use]:
        """Return the uses of the objects that are made in a file."""
        return self._uses_by_path.get(path, ())

    def uses_of(self, made: Place) -> Sequence[Use]:
        """Return the uses of the object that is made at a place."""
        return self._uses_by_place.get(made, ())

    @cached_property
    def _uses_by_place(self) -> dict[Place, list[Use]]:
        return grouped(self.uses, lambda use: use.resource.place)

    @cached_property
    def _uses_by_path(self) -> dict[str, list[Use]]:
        return grouped(self.uses, lambda use: use.resource.place.path)

    @cached_property
    def handlers(self) -> dict[Place, Visit]:
        """The first visit that works with each object, by where it is made, and gives it no time-out of its own."""
        found: dict[Place, Visit] = {}
        for visits in self.visits.values():
            for visit in visits[:MOST_HANDLING]:
                for place in _handled(visit, self._evaluator):
                    found.setdefault(place, visit)
        return found

    @cached_property
    def closings(self) -> list[Use]:
        """The uses that close an object."""
        return [use for use in self.uses if use.closes]

    @cached_property
    def closing_places(self) -> frozenset[Place]:
        """The places of the uses that close an object."""
        return frozenset([use.place for use in self.closings])

    @cached_property
    def only_closing(self) -> frozenset[Place]:
        """The bridges, by place, whose coroutine closes loop-bound objects and does nothing else with any."""
        closing = other = 0
        for use in self.uses:
            if use.closes:
                closing |= use.reached.crossings
            else:
                other |= use.reached.crossings
        return self.bridges_of(closing) - self.bridges_of(other)

    @cached_property
    def blocks_with_bridges(self) -> dict[Function, set[int]]:
        """For each function the blocks in which a bridge stands, or inside of which one does."""
        found: dict[Function, set[int]] = {}
        for bridge, *_ in self.crossings:
            blocks = found.setdefault(bridge.frame.function, set())
            blocks.update([index for index, _ in around(bridge.frame.function, bridge.call.block)])
        return found

    @cached_property
    def collecting(self) -> Loops:
        """The loops on which a coroutine runs that asks for ``asyncio.all_tasks``."""
        found = 0
        for function in self.reached:
            if any(last_name(call.function) == "all_tasks" for call in function.calls):
                found |= self.loops_to(function)
        return found

    # -- the walk: from sync code to a loop --------------------------------------------------------------------------

    def _cross(self, crossing: Crossing) -> None:
        bridge, visit, number = crossing.bridge, crossing.visit, len(self.crossings)
        self.crossings.append(crossing)
        self._driven.append([])
        if self._loops.setdefault(bridge.group, 1 << number) != 1 << number:
            self._later |= 1 << number
        ending = visit.ending or in_finally(visit.function, bridge.call.block)
        for frame in driven_frames(bridge, self._evaluator):
            self._drive(frame, number, ending)
        for origin in bridge.origins(self._evaluator):
            task = visit.root.task
            if task is not None and task.function.is_async and runs_task(origin):
                self._drive(task.frame, number, False)
            # ``asyncio.run(engine.dispose())`` drives a method of the object itself.
            # … and ``async_to_sync(client.aclose)()`` is given the method.
            if isinstance(origin, Made):
                self._use_itself(origin.of, origin.name.rpartition(".")[2], number, ending)
            elif isinstance(origin, Method) and bridge.calls_it:
                self._use_itself(origin.receiver, origin.name, number, ending)

    def _drive(self, frame: Frame, number: int, ending: bool) -> None:
        """Enter a coroutine that a crossing's bridge drives."""
        bridge, visit, _ = self.crossings[number]
        step = step_of(f"{frame.function.name}()", bridge.call, visit.frame, defined_at(frame))
        length = len(visit.path) + 2
        reached = self._arrive((frame, visit.threaded, False, ending), 1 << number, step, None, length)
        if reached is not None:
            self._driven[number].append(reached)

    def _use_itself(self, owner: Origin | None, method: str, number: int, ending: bool) -> None:
        """Enter the use of an object whose own method a crossing's bridge drives."""
        bridge, visit, _ = self.crossings[number]
        if not isinstance(owner, (Made, Instance)):
            return
        reached = Reached(visit.frame, visit.threaded, False, False)
        reached.arrive(1 << number, None, None, len(visit.path) + 1)
        self._driven[number].append(reached)
        reached.by_length.append((len(visit.path) + 1, 1 << number))
        when = Final.ALWAYS if ending else Final.NEVER
        for resource in resources(owner, self._evaluator, self._options):
            self.uses.append(Use(reached, resource, bridge.place, method, True, when))

    # -- the walk: on loops ------------------------------------------------------------------------------------------

    def _arrive(
        self,
        key: tuple[Frame, bool, bool, bool],
        crossings: Crossings,
        step: Step,
        before: Reached | None,
        length: int,
        ends: bool = False,
    ) -> Reached | None:
        """Let crossings come to a function by a call; return what they reach, if any of them has not been there.

        ``ends``: the call stands in a ``finally``.
        """
        if length > LONGEST_PATH or not self._left:
            return None
        reached = self._known.get(key)
        if reached is None:
            number = next(numbers(crossings))
            path = (*self.crossings[number].way, *(before.steps(number) if before is not None else ()), step)
            if winds(path):
                return None
            reached = self._known[key] = Reached(*key)
        new = self.elsewhere(crossings, reached.met)
        reached.met |= self.loops_of(new)
        new = self._admit(reached.frame, new)
        if not new:
            return None
        reached.arrive(new, step, before, length, ends)
        coming = self._on_loops[length]
        self._left -= reached not in coming
        coming[reached] = coming.get(reached, 0) | new
        return reached

    def calls_on_loop(self, reached: Reached) -> Iterator[tuple[Onward, Reached | None]]:
        """Yield what the calls of a function on a loop enter, each call by itself; None for what was not followed."""
        for onward in self._acts.on_loop(reached.frame).onward:
            entered = self._known.get(self._key_of(onward, reached))
            yield onward, entered if entered is not None and entered.crossings else None

    @staticmethod
    def _key_of(onward: Onward, reached: Reached) -> tuple[Frame, bool, bool, bool]:
        return (onward.frame, reached.threaded, reached.passed or onward.by is By.OTHERS, reached.ending)

    def _admit(self, frame: Frame, crossings: Crossings) -> Crossings:
        """Return those of some crossings on whose loops few enough ways lead to the function already."""
        counts = self._ways.setdefault(way_to(frame), [0] * MOST_WAYS)
        new = self.elsewhere(crossings, counts[-1])
        more = self.loops_of(new)
        for ways, loops in enumerate(counts):
            counts[ways], more = loops | more, loops & more
        return new

    def _follow(self, reached: Reached, crossings: Crossings, length: int) -> None:
        """Go on from a function by the crossings that come to it by paths of one length."""
        function, first = reached.frame.function, next(numbers(crossings))
        acts = self._acts.on_loop(reached.frame)
        if not reached.by_length:
            self.visits.setdefault(function, []).append(self.by(first, reached))
            self.reached.setdefault(function, []).append(reached)
            self.uses += [Use(reached, *used) for used in acts.used]
            for bridge, step in acts.elsewhere:
                self._cross(Crossing(bridge, in_thread(self.by(first, reached)), step))
        reached.by_length.append((length, crossings))
        for onward in acts.onward:
            if onward.by is By.THREAD:
                self._sync.enter(seen_from(self.by(first, reached), onward))
            else:
                self._arrive(self._key_of(onward, reached), crossings, onward.step, reached, length + 1, onward.ends)


def _handled(visit: Visit, evaluator: Evaluator) -> Iterator[Place]:
    """Yield where the objects were made that a function works with and gives no time-out of their own."""
    entered = [read.value for read in visit.function.awaits if read.use in (ENTERED, ASYNC_ENTERED, AWAITED)]
    called = [call.function for call in visit.function.calls if call.keyword("timeout") is None]
    for value in (*called, *entered):
        for origin in evaluator.origins(value, visit.frame):
            current: Origin | None = origin
            while isinstance(current, (Made, Method)):
                if isinstance(current, Made) and current.place is not None:
                    yield current.place
                current = current.of if isinstance(current, Made) else current.receiver
