"""Worker code: every function a worker's tasks and signal receivers reach, and on which event loop each runs.

One breadth-first walk over calls, from all tasks at once, so the first visit of a function has the shortest path; ties
go by path and line, so the same input gives the same output.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from flake8_celery_async.options import Options
from flake8_celery_async.semantics.bridges import THREAD, Bridge, driven_frames, find_bridge
from flake8_celery_async.semantics.catalog.bridges import HANDOVERS
from flake8_celery_async.semantics.idle import is_out_of_reach, mentions_its_world
from flake8_celery_async.semantics.resources import Resource, resources
from flake8_celery_async.semantics.tasks import Receiver, Task, runs_task
from flake8_celery_async.source.blocks import around, in_finally, in_loop, is_last_act
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import (
    ASYNC_ENTERED,
    AWAITED,
    ENTERED,
    STATEMENT,
    Call,
    Function,
    Module,
    Read,
)
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import (
    ClassObject,
    Coroutine,
    External,
    Frame,
    FunctionObject,
    Instance,
    Made,
    Method,
    Origin,
    Place,
    name_of,
    parts_of,
)

LONGEST_PATH = 24
"""Calls from a task after which a path is no longer followed."""
DEEPEST_RECURSION = 2
"""How often one function is entered on a path; a recursive one has other arguments each time, so it would not end."""
MOST_WAYS = 16
"""Visits of a function that differ only in the objects passed to it; what is passed to be run is always followed."""
DEEPEST_NEST = 4
"""Coroutines given to coroutines to which ways are told apart by what is passed to be run."""
MOST_HANDLING = 4
"""Ways to a function on which the objects are looked for that it works with; they differ in its arguments only."""
MOST_VISITS = 50_000
"""Visits after which the walk stops, so that no project can make the linter hang."""


class Step(NamedTuple):
    """One call on the way from a task."""

    name: str
    place: Place
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
    """A function as worker code reaches it."""

    frame: Frame
    root: Root
    path: tuple[Step, ...] = field(compare=False)
    bridge: Bridge | None
    """The bridge on whose loop it runs; None for sync code."""
    outside: int = field(compare=False, default=0)
    """Steps of the path before the bridge."""
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


class Use(NamedTuple):
    """A loop-bound object used by coroutine code of the worker."""

    resource: Resource
    visit: Visit
    place: Place
    method: str
    """The method called, or an empty string."""
    awaited: bool
    final: bool
    """Whether it stands in a ``finally`` or as the last act on every step since the bridge."""


class _By(Enum):
    """Who calls what a call leads to."""

    CALL = "the call itself"
    OTHERS = "something outside the project, who knows when and where"
    THREAD = "another thread"


class _Onward(NamedTuple):
    """What a call enters."""

    frame: Frame
    step: Step
    ends: bool
    """Whether the call stands in a ``finally`` of sync code."""
    by: _By

    def seen_from(self, visit: Visit) -> Visit:
        """Return the visit that follows when the call's function is visited."""
        path = (*visit.path, self.step)
        if self.by is _By.THREAD:
            return Visit(self.frame, visit.root, path, None, 0, True, ending=self.ends)
        passed, ending = visit.passed or self.by is _By.OTHERS, visit.ending or self.ends
        return Visit(self.frame, visit.root, path, visit.bridge, visit.outside, visit.threaded, passed, ending)


class _Final(Enum):
    """When a use is the last that its loop makes of an object."""

    NEVER = "never"
    IN_ENDING = "where the function is reached from a finally"
    WITH_WAY = "there, and where each step since the bridge is a last act"
    ALWAYS = "always"


class _Used(NamedTuple):
    """A use of an object, whoever runs the function it stands in; see :class:`Use`."""

    resource: Resource
    place: Place
    method: str
    awaited: bool
    when: _Final


class _Act(NamedTuple):
    """What a call or an ``await`` does, but a bridge, whoever runs the function it stands in."""

    onward: tuple[_Onward, ...]
    used: tuple[_Used, ...]


class WorkerCode:
    """What the workers of a project run."""

    def __init__(self, roots: Iterable[tuple[Root, Frame]], evaluator: Evaluator, options: Options) -> None:
        self._evaluator = evaluator
        self._options = options
        self.visits: dict[Function, list[Visit]] = {}
        """Every visit of each function, shortest path first."""
        self.bridges: list[tuple[Bridge, Visit]] = []
        """The bridges sync worker code meets, nearest first."""
        self.uses: list[Use] = []
        self._seen: set[tuple[Frame, Place | None, bool, bool, bool]] = set()
        self._ways: Counter[tuple[Function, Place | None, tuple[Origin, ...]]] = Counter()
        self._queue: deque[Visit] = deque()
        self._acts: dict[tuple[Frame, bool], dict[int, _Act | Bridge]] = {}
        """What the calls and awaits of a frame do, by identity; on a loop or not."""
        for root, frame in sorted(roots, key=lambda item: item[0].place):
            self._enqueue(Visit(frame, root, tuple(_before(root, frame)), None))
        count = 0
        while self._queue and count < MOST_VISITS:
            self._visit(self._queue.popleft())
            count += 1

    def first(self, function: Function) -> Visit | None:
        """Return the shortest way to a function, or None when no worker code reaches it."""
        found = self.visits.get(function)
        return found[0] if found else None

    def synchronous(self, function: Function) -> Visit | None:
        """Return the shortest way that reaches a function outside any event loop, or None."""
        return next((v for v in self.visits.get(function, ()) if v.bridge is None), None)

    def bridges_in(self, module: Module) -> Sequence[tuple[Bridge, Visit]]:
        """Return the bridges that stand in a module, nearest first."""
        return self._bridges_by_module.get(module, ())

    @cached_property
    def _bridges_by_module(self) -> dict[Module, list[tuple[Bridge, Visit]]]:
        found: dict[Module, list[tuple[Bridge, Visit]]] = {}
        for bridge, visit in self.bridges:
            found.setdefault(bridge.frame.module, []).append((bridge, visit))
        return found

    @cached_property
    def loop_thread(self) -> Bridge | None:
        """The nearest bridge to a loop in a thread of its own."""
        return next((bridge for bridge, _ in self.bridges if bridge.loop == THREAD), None)

    def uses_made_in(self, path: str) -> Sequence[Use]:
        """Return the uses of the objects that are made in a file."""
        return self._uses_by_path.get(path, ())

    @cached_property
    def _uses_by_path(self) -> dict[str, list[Use]]:
        found: dict[str, list[Use]] = {}
        for use in self.uses:
            found.setdefault(use.resource.place.path, []).append(use)
        return found

    def uses_on(self, group: Place, made: Place) -> Sequence[Use]:
        """Return the uses on a loop (by :attr:`Bridge.group`) of the object that is made at a place."""
        return self._uses_by_loop.get((group, made), ())

    @cached_property
    def _uses_by_loop(self) -> dict[tuple[Place, Place], list[Use]]:
        found: dict[tuple[Place, Place], list[Use]] = {}
        for use in self.uses:
            if use.visit.bridge is not None:
                found.setdefault((use.visit.bridge.group, use.resource.place), []).append(use)
        return found

    def visits_on(self, group: Place) -> Sequence[Visit]:
        """Return the visits on a loop (by :attr:`Bridge.group`), in order of the functions' first visits."""
        return self._visits_by_loop.get(group, ())

    @cached_property
    def _visits_by_loop(self) -> dict[Place, list[Visit]]:
        found: dict[Place, list[Visit]] = {}
        for visits in self.visits.values():
            for visit in visits:
                if visit.bridge is not None:
                    found.setdefault(visit.bridge.group, []).append(visit)
        return found

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
    def closing_places(self) -> frozenset[Place]:
        """The places of the uses that close an object."""
        return frozenset([use.place for use in self.closings])

    @cached_property
    def only_closing(self) -> frozenset[Place]:
        """The bridges, by place, whose coroutine closes loop-bound objects and does nothing else with any."""
        closing = {use.visit.bridge.place for use in self.closings if use.visit.bridge is not None}
        return frozenset(closing) - {
            use.visit.bridge.place
            for use in self.uses
            if use.visit.bridge is not None and use.method not in use.resource.row.close
        }

    @cached_property
    def blocks_with_bridges(self) -> dict[Function, set[int]]:
        """For each function the blocks in which a bridge stands, or inside of which one does."""
        found: dict[Function, set[int]] = {}
        for bridge, _ in self.bridges:
            blocks = found.setdefault(bridge.frame.function, set())
            blocks.update([index for index, _ in around(bridge.frame.function, bridge.call.block)])
        return found

    @cached_property
    def collecting(self) -> frozenset[Place]:
        """The loops, by their groups, on which a coroutine runs that asks for ``asyncio.all_tasks``."""
        asking = [f for f in self.visits if any(last_name(call.function) == "all_tasks" for call in f.calls)]
        visits = [visit for function in asking for visit in self.visits[function]]
        return frozenset([visit.bridge.group for visit in visits if visit.bridge is not None])

    @cached_property
    def closings(self) -> list[Use]:
        """The uses that close an object."""
        return [use for use in self.uses if use.method in use.resource.row.close]

    # -- the walk ----------------------------------------------------------------------------------------------------

    def _enqueue(self, visit: Visit) -> None:
        group = visit.bridge.group if visit.bridge else None
        key = (visit.frame, group, visit.threaded, visit.passed, visit.ending)
        if key in self._seen or len(visit.path) > LONGEST_PATH or _winds(visit.path):
            return
        self._seen.add(key)
        driven = _given_to_run(visit.frame)
        way = (visit.function, group, () if _nests(driven, DEEPEST_NEST) else driven)
        self._ways[way] += 1
        if self._ways[way] <= MOST_WAYS:
            self._queue.append(visit)

    def _visit(self, visit: Visit) -> None:
        self.visits.setdefault(visit.function, []).append(visit)
        guarded = visit.bridge is None and not visit.passed and not visit.function.is_async
        guarded = guarded and mentions_its_world(visit.function)
        in_task = visit.root.task is not None
        on_loop = visit.bridge is not None
        closes = _ends_with_its_way(visit)
        acts = self._acts.setdefault((visit.frame, on_loop), {})
        for call in visit.function.calls:
            if guarded and is_out_of_reach(visit.frame, call.block, call.line, self._evaluator, in_task):
                continue
            act = acts.get(id(call))
            if act is None:
                act = acts[id(call)] = self._act(call, visit.frame, on_loop)
            if isinstance(act, Bridge):
                self._bridge(act, visit)
            else:
                self._do(act, visit, closes)
        if on_loop:
            for read in visit.function.awaits:
                act = acts.get(id(read))
                if act is None:
                    act = acts[id(read)] = self._read(read, visit.frame)
                if not isinstance(act, Bridge):
                    self._do(act, visit, closes)

    def _do(self, act: _Act, visit: Visit, closes: bool) -> None:
        """Go on to what a call enters, and enter the uses that it makes; ``closes``: see :func:`_ends_with_its_way`."""
        for onward in act.onward:
            self._enqueue(onward.seen_from(visit))
        for used in act.used:
            final = used.when is _Final.ALWAYS or (used.when is _Final.WITH_WAY and closes)
            final = final or (used.when is not _Final.NEVER and visit.ending)
            self.uses.append(Use(used.resource, visit, used.place, used.method, used.awaited, final))

    def _act(self, call: Call, frame: Frame, on_loop: bool) -> _Act | Bridge:
        """Return what a call does, whoever runs its function."""
        bridge = find_bridge(call, frame, self._evaluator, self._options)
        if bridge is not None:
            return bridge
        onward = tuple(self._follow(call, frame, on_loop))
        return _Act(onward, tuple(self._uses(call, frame)) if on_loop else ())

    def _read(self, read: Read, frame: Frame) -> _Act:
        """Return what awaiting or entering a value does."""
        used = tuple(self._read_uses(read, frame))
        onward = [*self._await(read, frame), *(self._enter(read, frame) if read.use == ASYNC_ENTERED else ())]
        return _Act(tuple(onward), used)

    def _await(self, read: Read, frame: Frame) -> Iterator[_Onward]:
        """Follow a coroutine that was made elsewhere and is awaited here: ``await coroutine``."""
        for origin in self._evaluator.origins(read.value, frame):
            if isinstance(origin, Coroutine):
                place = Place(frame.module.path, read.line, read.column)
                final = is_last_act(frame.function, read.line, read.block)
                step = Step(f"{origin.frame.function.name}()", place, in_loop(frame.function, read.block), final)
                yield _Onward(origin.frame, step, False, _By.CALL)

    def _enter(self, read: Read, frame: Frame) -> Iterator[_Onward]:
        """Follow what ``async with`` calls of an object of the project."""
        for origin in self._evaluator.origins(read.value, frame):
            if isinstance(origin, Instance):
                place = Place(frame.module.path, read.line, read.column)
                for name in ("__aenter__", "__aexit__"):
                    method = self._evaluator.method(origin, name)
                    if method is not None:
                        step = Step(f"{name}()", place, in_loop(frame.function, read.block), name == "__aexit__")
                        yield _Onward(method.frame, step, False, _By.CALL)

    def _bridge(self, bridge: Bridge, visit: Visit) -> None:
        if visit.bridge is not None or visit.function.is_async:
            return  # a loop is running already: the nested-loop rule's affair
        self.bridges.append((bridge, visit))
        step = _step(bridge.name, bridge.call, visit.frame)
        ending = visit.ending or in_finally(visit.function, bridge.call.block)
        for frame in driven_frames(bridge, self._evaluator):
            path = (*visit.path, step, _step(f"{frame.function.name}()", bridge.call, visit.frame))
            self._enqueue(Visit(frame, visit.root, path, bridge, len(visit.path) + 1, visit.threaded, ending=ending))
        # ``asyncio.run(engine.dispose())`` drives a method of the object itself.
        for origin in bridge.origins(self._evaluator):
            # … and ``async_to_sync(client.aclose)()`` is given the method.
            task = visit.root.task
            if task is not None and task.function.is_async and runs_task(origin):
                inner_path = (*visit.path, step, _step(f"{task.function.name}()", bridge.call, visit.frame))
                self._enqueue(Visit(task.frame, visit.root, inner_path, bridge, len(visit.path) + 1))
            if isinstance(origin, Made):
                owner, name = origin.of, origin.name.rpartition(".")[2]
            elif isinstance(origin, Method) and bridge.calls_it:
                owner, name = origin.receiver, origin.name
            else:
                continue
            if isinstance(owner, (Made, Instance)):
                inner = Visit(visit.frame, visit.root, (*visit.path, step), bridge, len(visit.path) + 1)
                for resource in resources(owner, self._evaluator, self._options):
                    self.uses.append(Use(resource, inner, bridge.place, name, True, ending))

    def _follow(self, call: Call, frame: Frame, on_loop: bool) -> Iterator[_Onward]:
        evaluator = self._evaluator
        for callee in evaluator.origins(call.function, frame):
            if isinstance(callee, FunctionObject):
                if callee.function.is_async and (not on_loop or call.use == STATEMENT):
                    continue
                bound = evaluator.bind(call, frame, callee.frame)
                yield _onward(bound, callee.function.name, call, frame, on_loop)
            elif isinstance(callee, ClassObject):
                place = Place(frame.module.path, call.line, call.column)
                made = Instance(callee, place, None, call, frame)
                names = ["__init__", "__post_init__"]
                if call.use in (ENTERED, ASYNC_ENTERED):
                    names += ["__aenter__", "__aexit__"] if call.use == ASYNC_ENTERED else ["__enter__", "__exit__"]
                for name in names:
                    method = evaluator.method(made, name)
                    if method is not None:
                        bound = evaluator.bind(call, frame, method.frame) if name == "__init__" else method.frame
                        yield _onward(bound, callee.cls.name, call, frame, on_loop)
            elif isinstance(callee, Instance):
                method = evaluator.method(callee, "__call__")
                if method is not None and not method.function.is_async:
                    bound = evaluator.bind(call, frame, method.frame)
                    yield _onward(bound, callee.cls.cls.name, call, frame, on_loop)
            elif isinstance(callee, (External, Method, Made)):
                yield from self._hand_over(callee, call, frame, on_loop)

    def _hand_over(self, callee: Origin, call: Call, frame: Frame, on_loop: bool) -> Iterator[_Onward]:
        """Follow functions passed to something outside the project, which calls them here or in a thread."""
        handed = HANDOVERS.get(name_of(callee).removesuffix("()"))
        for argument in (*call.arguments, *[value for _, value in call.keywords]):
            for origin in self._evaluator.origins(argument, frame):
                if isinstance(origin, Coroutine) and on_loop and not handed:
                    yield _onward(origin.frame, origin.frame.function.name, call, frame, on_loop)  # wait_for(work(), 5)
                if not isinstance(origin, FunctionObject):
                    continue
                function = origin.function
                if function.is_async and (not on_loop or handed):
                    continue
                by = _By.THREAD if handed else _By.OTHERS
                yield _onward(origin.frame, function.name, call, frame, on_loop, by)

    # -- uses --------------------------------------------------------------------------------------------------------

    def _uses(self, call: Call, frame: Frame) -> Iterator[_Used]:
        evaluator, options, function = self._evaluator, self._options, frame.function
        place = Place(frame.module.path, call.line, call.column)
        when = _Final.WITH_WAY if is_last_act(function, call.line, call.block) else _Final.IN_ENDING
        if in_finally(function, call.block) or function.name == "__aexit__":
            when = _Final.ALWAYS
        ours = False
        for callee in evaluator.origins(call.function, frame):
            ours = ours or isinstance(callee, (FunctionObject, ClassObject))
            for resource in resources(callee, evaluator, options):
                name = callee.name if isinstance(callee, Method) else ""
                yield _Used(resource, place, name, call.use == AWAITED, when)
        if ours:
            if call.use in (ASYNC_ENTERED, ENTERED):
                for origin in evaluator.origins(call, frame):  # ``async with lock_for(key)``
                    for resource in resources(origin, evaluator, options):
                        yield _Used(resource, place, "", False, _Final.NEVER)
            return
        for value in (*call.arguments, *[v for _, v in call.keywords]):
            for origin in evaluator.origins(value, frame):
                if isinstance(origin, (Made, Instance)):
                    for resource in resources(origin, evaluator, options):
                        yield _Used(resource, place, "", False, _Final.NEVER)

    def _read_uses(self, read: Read, frame: Frame) -> Iterator[_Used]:
        place = Place(frame.module.path, read.line, read.column)
        for origin in self._evaluator.origins(read.value, frame):
            for resource in resources(origin, self._evaluator, self._options):
                yield _Used(resource, place, "", True, _Final.NEVER)


def _onward(entered: Frame, name: str, call: Call, frame: Frame, on_loop: bool, by: _By = _By.CALL) -> _Onward:
    ends = (not on_loop or by is _By.THREAD) and in_finally(frame.function, call.block)
    return _Onward(entered, _step(f"{name}()", call, frame), ends, by)


def _step(name: str, call: Call, frame: Frame) -> Step:
    function = frame.function
    place = Place(frame.module.path, call.line, call.column)
    return Step(name, place, in_loop(function, call.block), is_last_act(function, call.line, call.block))


def _ends_with_its_way(visit: Visit) -> bool:
    """Say whether the last act of the function is the last of what its bridge drives."""
    return all(step.final for step in visit.path[visit.outside + 1 :])


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


def _before(root: Root, frame: Frame) -> Iterator[Step]:
    """Yield the step from a task to a method of its class, when the worker enters that besides the body."""
    function = frame.function
    if root.task is not None and function is not root.task.function and function.cls >= 0:
        yield Step(f"{function.name}()", Place(frame.module.path, function.line, function.column), False, False)


def _given_to_run(frame: Frame) -> tuple[Coroutine | FunctionObject, ...]:
    """Return what may be run of what is passed to a function."""
    return tuple(
        [
            origin
            for _, origins in frame.arguments
            for given in origins
            for origin in (given, *[o for part in parts_of(given) for o in part])
            if isinstance(origin, (Coroutine, FunctionObject))
        ]
    )


def _nests(given: tuple[Coroutine | FunctionObject, ...], depth: int) -> bool:
    """Say whether one of some coroutines was given one that was given one, and so on, ``depth`` times."""
    return any(depth == 0 or _nests(_given_to_run(origin.frame), depth - 1) for origin in given)


def _winds(path: tuple[Step, ...]) -> bool:
    """Say whether a path enters the function of its last step more often than tells anything new."""
    return bool(path) and sum(step.name == path[-1].name for step in path) > DEEPEST_RECURSION
