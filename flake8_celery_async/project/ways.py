"""The ways of worker code: by which calls it comes to a function, and on which event loops.

What runs on a loop does not depend on whose loop it is, so coroutine code is followed once for all the crossings that
lead to it. Crossings are numbered, and a set of them is an int with one bit for each: that a thousand bridges reach a
thousand functions is then said in a thousand numbers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from operator import itemgetter
from typing import NamedTuple, TypeAlias, TypeVar

from flake8_celery_async.semantics.bridges import Bridge
from flake8_celery_async.semantics.resources import Resource
from flake8_celery_async.semantics.tasks import Receiver, Task
from flake8_celery_async.source.module import Function
from flake8_celery_async.source.origins import Frame, Place

Crossings: TypeAlias = int
"""A set of crossings: bit N stands for crossing N."""
Loops: TypeAlias = int
"""A set of event loops: bit N stands for the loop that crossing N is the first to lead to."""

_Thing = TypeVar("_Thing")


class Step(NamedTuple):
    """One call on the way from a task."""

    name: str
    place: Place
    defined: Place | None
    """Where the function is defined that is entered; None for a bridge."""
    repeated: bool
    """Whether the call stands in a loop."""
    final: bool
    """Whether the call is in a ``finally`` or is the last act of its function."""


class Root(NamedTuple):
    """Where worker code begins: a task or a signal receiver."""

    name: str
    """``task 'sync_user'`` or ``the worker_process_init receiver 'init'``."""
    place: Place
    task: Task | None
    receiver: Receiver | None


@dataclass(frozen=True, slots=True)
class Visit:
    """A function as worker code reaches it by one way."""

    frame: Frame
    root: Root
    path: tuple[Step, ...] = field(compare=False)
    bridge: Bridge | None
    """The bridge on whose loop it runs; None for sync code."""
    outside: int = field(compare=False, default=0)
    """Steps of the path before what the bridge drives."""
    threaded: bool = False
    """Whether it was handed to another thread on the way."""
    passed: bool = False
    """Whether something outside the project was given it on the way, which calls it who knows when and where."""
    ending: bool = False
    """Whether a call in a ``finally`` of sync code leads to it."""

    @property
    def function(self) -> Function:
        """The function's facts."""
        return self.frame.function


class Crossing(NamedTuple):
    """Where sync worker code crosses over to an event loop."""

    bridge: Bridge
    visit: Visit
    """The way to the function in which the bridge stands."""
    step: Step
    """The call of the bridge."""

    @property
    def way(self) -> tuple[Step, ...]:
        """The steps to what the bridge drives."""
        return (*self.visit.path, self.step)


class _Arrival(NamedTuple):
    """A call by which crossings came to a function."""

    until: Crossings
    """Those that had come by then."""
    length: int
    """That of the path from the task."""
    step: Step | None
    """None for what a bridge drives without a coroutine of the project."""
    before: Reached | None
    """The function that made the call; None for the bridge."""


@dataclass(slots=True, eq=False)
class Reached:
    """A function as coroutine code reaches it, whichever crossings lead there; it grows while they are followed."""

    frame: Frame
    threaded: bool
    passed: bool
    ending: bool
    """These three as in :class:`Visit`."""
    crossings: Crossings = 0
    """Those that lead here; of those that lead to one loop, the first to come."""
    met: Loops = 0
    """The loops of the crossings that came here, followed or not: no other one to them is followed."""
    finishing: Crossings = 0
    """Those on whose way each step since the bridge is a last act, or those since a call in a ``finally``."""
    by_length: list[tuple[int, Crossings]] = field(default_factory=list)
    """The crossings by the length of the path from the task, shortest first."""
    onward: list[Reached] = field(default_factory=list)
    """What its calls lead to."""
    _arrivals: list[_Arrival] = field(default_factory=list)

    @property
    def holds_bridge(self) -> bool:
        """Whether it is no coroutine but the function whose bridge drives a method of the object itself."""
        return self._arrivals[0].step is None

    def arrive(
        self, crossings: Crossings, step: Step | None, before: Reached | None, length: int, ends: bool = False
    ) -> None:
        """Enter crossings that come by a call, after a path of that length, and were not here before.

        ``ends``: the call stands in a ``finally``.
        """
        self.crossings |= crossings
        if before is None:
            self.finishing |= crossings
        else:
            before.onward.append(self)
            if step is not None and step.final:
                self.finishing |= crossings if ends else crossings & before.finishing
        self._arrivals.append(_Arrival(self.crossings, length, step, before))

    def arrivals(self) -> Iterator[tuple[int, Crossings, Step | None, Reached | None]]:
        """Yield the calls that lead here: length of the path, crossings that came by it, step, calling function."""
        until = 0
        for arrival in self._arrivals:
            yield arrival.length, arrival.until & ~until, arrival.step, arrival.before
            until = arrival.until

    def nearest(self, among: Crossings) -> int:
        """Return the number of the crossing with the shortest path of some, of which at least one leads here."""
        return next(numbers(next(came & among for _, came in self.by_length if came & among)))

    def steps(self, number: int) -> tuple[Step, ...]:
        """Return the steps by which a crossing leads here, from what its bridge drives on."""
        found: list[Step] = []
        current: Reached | None = self
        while current is not None:
            arrivals = current._arrivals
            _, _, step, current = arrivals[bisect_left(arrivals, 1, key=lambda arrival: arrival.until >> number & 1)]
            if step is not None:
                found.append(step)
        return tuple(reversed(found))


class Final(Enum):
    """When a use is the last that its loop makes of an object."""

    NEVER = "never"
    IN_ENDING = "where the function is reached from a finally"
    WITH_WAY = "there, and where each step since the bridge is a last act"
    ALWAYS = "always"


class Use(NamedTuple):
    """A loop-bound object used by coroutine code of the worker."""

    reached: Reached
    """The function that uses it."""
    resource: Resource
    place: Place
    method: str
    """The method called, or an empty string."""
    awaited: bool
    when: Final

    @property
    def closes(self) -> bool:
        """Whether it closes the object."""
        return self.method in self.resource.row.close

    @property
    def final(self) -> Crossings:
        """The crossings for which it stands in a ``finally``, or as the last act on every step since the bridge."""
        if self.when is Final.ALWAYS or (self.reached.ending and self.when is not Final.NEVER):
            return self.reached.crossings
        return self.reached.finishing if self.when is Final.WITH_WAY else 0


def defined_at(frame: Frame) -> Place:
    """Return where the function of a frame is defined."""
    return Place(frame.module.path, frame.function.line, frame.function.column)


# -- sets of crossings -------------------------------------------------------------------------------------------------


def numbers(crossings: Crossings) -> Iterator[int]:
    """Yield the numbers of some crossings, in order."""
    while crossings:
        lowest = crossings & -crossings
        yield lowest.bit_length() - 1
        crossings ^= lowest


class Ranking:
    """An order of all crossings."""

    def __init__(self, keys: Sequence[Place]) -> None:
        """Take what the crossings are ordered by; equal ones go by number."""
        ranked = sorted(range(len(keys)), key=lambda number: (keys[number], number))
        self._digits: list[Crossings] = []
        """The crossings whose rank has each binary digit, the highest digit first."""
        for digit in reversed(range(len(keys).bit_length())):
            self._digits.append(sum([1 << number for rank, number in enumerate(ranked) if rank >> digit & 1]))

    def first(self, crossings: Crossings) -> int:
        """Return the first of some crossings, at least one."""
        for ones in self._digits:
            crossings = crossings & ~ones or crossings
        return crossings.bit_length() - 1


def nearest(ways: Iterable[tuple[_Thing, Reached, Crossings]]) -> dict[int, tuple[int, _Thing]]:
    """Return for each crossing the nearest of some things, with the length of the path to it; else in order.

    Each comes with the function that it is in, and the crossings that are asked about.
    """
    packets = [
        (length, came & among, thing)
        for thing, reached, among in ways
        for length, came in reached.by_length
        if came & among
    ]
    found: dict[int, tuple[int, _Thing]] = {}
    met = 0
    for length, came, thing in sorted(packets, key=itemgetter(0)):
        found.update([(number, (length, thing)) for number in numbers(came & ~met)])
        met |= came
    return found
