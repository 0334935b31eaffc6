"""Sync worker code: what tasks and receivers run before and beside event loops, and where it crosses over to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from flake8_celery_async.options import Options
from flake8_celery_async.project.acts import Acts, By, Onward, step_of
from flake8_celery_async.project.ways import Crossing, Root, Step, Visit, defined_at
from flake8_celery_async.semantics.bridges import Bridge
from flake8_celery_async.semantics.idle import is_out_of_reach, mentions_its_world
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import Function
from flake8_celery_async.source.origins import ClassObject, Coroutine, Frame, FunctionObject, Instance, Origin, parts_of
from flake8_celery_async.source.reads import attribute_reads

LONGEST_PATH = 24
"""Calls from a task after which a path is no longer followed."""
DEEPEST_RECURSION = 2
"""How often one function is entered on a path; a recursive one has other arguments each time, so it would not end."""
MOST_WAYS = 16
"""Visits of a function that differ only in the objects passed to it; what is passed to be run is always followed."""
DEEPEST_NEST = 4
"""Coroutines given to coroutines to which ways are told apart by what is passed to be run."""
MOST_VISITS = 50_000
"""Visits after which the walk stops, so that no project can make the linter hang."""

Way: TypeAlias = tuple[Function, tuple[Coroutine | FunctionObject, ...], tuple[ClassObject, ...]]
"""What the ways to a function have in common that differ only in the objects passed to it."""


class SyncCode:
    """Sync code, followed by the length of the paths to it."""

    def __init__(self, evaluator: Evaluator, options: Options) -> None:
        self._evaluator = evaluator
        self._acts = Acts(evaluator, options)
        self._seen: set[tuple[Frame, bool, bool, bool]] = set()
        self._ways: Counter[Way] = Counter()
        self._left = MOST_VISITS
        self._visits: list[list[Visit]] = [[] for _ in range(LONGEST_PATH + 1)]

    def at(self, length: int) -> Sequence[Visit]:
        """Return the visits after paths of a length; there are more until what is nearer is followed."""
        return self._visits[length]

    def enter(self, visit: Visit) -> None:
        """Take a visit that is to be followed, unless enough is known of its function."""
        key = (visit.frame, visit.threaded, visit.passed, visit.ending)
        if key in self._seen or len(visit.path) > LONGEST_PATH or winds(visit.path) or not self._left:
            return
        self._seen.add(key)
        way = way_to(visit.frame)
        self._ways[way] += 1
        if self._ways[way] <= MOST_WAYS:
            self._left -= 1
            self._visits[len(visit.path)].append(visit)

    def follow(self, visit: Visit) -> Iterator[Crossing]:
        """Enter what a function calls, and yield the bridges among the calls."""
        guarded = not visit.passed and not visit.function.is_async and mentions_its_world(visit.function)
        in_task = visit.root.task is not None
        for call in visit.function.calls:
            if guarded and is_out_of_reach(visit.frame, call.block, call.line, self._evaluator, in_task):
                continue
            act = self._acts.of_sync(call, visit.frame)
            if not isinstance(act, Bridge):
                for onward in act:
                    self.enter(seen_from(visit, onward))
            elif not visit.function.is_async:  # else a loop is running already: the nested-loop rule's affair
                yield Crossing(act, visit, step_of(act.name, call, visit.frame, None))
        for read in attribute_reads(visit.function):
            if not guarded or not is_out_of_reach(visit.frame, read.block, read.line, self._evaluator, in_task):
                for onward in self._acts.of_read(read, visit.frame):
                    self.enter(seen_from(visit, onward))


def crossings_from(root: Root, frame: Frame, evaluator: Evaluator, options: Options) -> Iterator[Crossing]:
    """Yield where sync code that begins at one root crosses over to event loops, nearest first."""
    code = SyncCode(evaluator, options)
    code.enter(beginning(root, frame))
    for length in range(LONGEST_PATH + 1):
        for visit in code.at(length):
            yield from code.follow(visit)


def beginning(root: Root, frame: Frame) -> Visit:
    """Return the visit with which worker code begins at a root."""
    return Visit(frame, root, tuple(_before(root, frame)), None)


def _before(root: Root, frame: Frame) -> Iterator[Step]:
    """Yield the step from a task to a method of its class, when the worker enters that besides the body."""
    function = frame.function
    if root.task is not None and function is not root.task.function and function.cls >= 0:
        yield Step(f"{function.name}()", defined_at(frame), defined_at(frame), False, False)


def in_thread(visit: Visit) -> Visit:
    """Return the visit of what a function on a loop hands to another thread, as sync code makes it."""
    return Visit(visit.frame, visit.root, visit.path, None, 0, True, visit.passed, visit.ending)


def seen_from(visit: Visit, onward: Onward) -> Visit:
    """Return the visit of sync code that follows when a call of a visited function enters it."""
    path = (*visit.path, onward.step)
    if onward.by is By.THREAD:
        return Visit(onward.frame, visit.root, path, None, 0, True, ending=onward.ends)
    passed, ending = visit.passed or onward.by is By.OTHERS, visit.ending or onward.ends
    return Visit(onward.frame, visit.root, path, None, 0, visit.threaded, passed, ending)


def _given_to_run(frame: Frame) -> Iterator[Coroutine | FunctionObject]:
    """Yield what may be run of what is passed to a function, or to the one around it."""
    for origin in _passed(frame):
        if isinstance(origin, (Coroutine, FunctionObject)):
            yield origin


def _passed(frame: Frame) -> Iterator[Origin]:
    """Yield what is passed to a function and to those around it, also in ``*args``."""
    current: Frame | None = frame
    while current is not None:
        for _, origins in current.arguments:
            for given in origins:
                yield given
                yield from [origin for part in parts_of(given) for origin in part]
        current = current.closure


def way_to(frame: Frame) -> Way:
    """Return what the ways to a function have in common that differ only in the objects passed to it.

    What may be run of what is passed is told apart, and so are the classes of objects: they choose its methods.
    """
    driven = tuple(_given_to_run(frame))
    classes = tuple(dict.fromkeys([origin.cls for origin in _passed(frame) if isinstance(origin, Instance)]))
    return frame.function, () if _nests(driven, DEEPEST_NEST) else driven, classes


def _nests(given: Iterable[Coroutine | FunctionObject], depth: int) -> bool:
    """Say whether one of some coroutines was given one that was given one, and so on, ``depth`` times."""
    return any(depth == 0 or _nests(_given_to_run(origin.frame), depth - 1) for origin in given)


def winds(path: tuple[Step, ...]) -> bool:
    """Say whether a path enters the function of its last step more often than tells anything new."""
    return bool(path) and sum([step.defined == path[-1].defined for step in path]) > DEEPEST_RECURSION
