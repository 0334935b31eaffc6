"""What the calls of a function do, whoever runs it: the functions they enter and the loop-bound objects they use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from flake8_celery_async.options import Options
from flake8_celery_async.project.ways import Final, Step, defined_at
from flake8_celery_async.semantics.bridges import THREAD, Bridge, find_bridge, reaches_bridge
from flake8_celery_async.semantics.catalog.bridges import HANDOVERS
from flake8_celery_async.semantics.resources import Resource, has_null_pool, resources
from flake8_celery_async.semantics.running import asks
from flake8_celery_async.source.blocks import in_finally, in_loop, is_last_act
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import (
    ASYNC_ENTERED,
    AWAITED,
    ENTERED,
    OPERAND,
    STATEMENT,
    TESTED,
    Attribute,
    Call,
    Read,
)
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
    with_arguments,
)
from flake8_celery_async.source.reads import attribute_reads

_NEVER_ITERATED = (OPERAND, STATEMENT, TESTED)
"""What is done with a generator without anything of its body being run."""
_CALLS_HERE = frozenset({"builtins.filter", "builtins.map"})
"""What calls a function that it is given, then and there."""


class By(Enum):
    """Who calls what a call leads to."""

    CALL = "the call itself"
    GIVEN = "what the coroutine is given to awaits it, or an await"
    EACH = "map or filter, once for each of many"
    OTHERS = "something outside the project, who knows when and where"
    THREAD = "another thread"


class Onward(NamedTuple):
    """What a call enters."""

    frame: Frame
    step: Step
    ends: bool
    """Whether the call stands in a ``finally``."""
    by: By


class Used(NamedTuple):
    """What is said of a use of an object where it stands; see :class:`~flake8_celery_async.project.ways.Use`."""

    resource: Resource
    place: Place
    method: str
    awaited: bool
    when: Final


class OnLoop(NamedTuple):
    """What a function does on an event loop."""

    onward: tuple[Onward, ...]
    used: tuple[Used, ...]
    elsewhere: tuple[tuple[Bridge, Step], ...]
    """The bridges to loops of other threads, with the steps that their calls are."""


class Acts:
    """What the calls of the functions of a project do."""

    def __init__(self, evaluator: Evaluator, options: Options) -> None:
        self._evaluator = evaluator
        self._options = options
        self._memory = evaluator.memory
        self._of_sync = self._memory.table(Acts.of_sync)
        self._of_reads = self._memory.table(Acts.of_read)
        self._on_loop = self._memory.table(Acts.on_loop)

    def of_sync(self, call: Call, frame: Frame) -> Bridge | tuple[Onward, ...]:
        """Return the bridge that a call of sync code is, or what it enters."""
        key, path = (id(call), frame), frame.module.path
        return self._memory.recall(self._of_sync, key, path, lambda: self._find_of_sync(call, frame))

    def _find_of_sync(self, call: Call, frame: Frame) -> Bridge | tuple[Onward, ...]:
        return find_bridge(call, frame, self._evaluator, self._options) or tuple(self._follow(call, frame, False))

    def of_read(self, read: Call, frame: Frame) -> tuple[Onward, ...]:
        """Return the properties that reading an attribute enters; see :func:`attribute_reads`."""
        key, path = (id(read), frame), frame.module.path
        return self._memory.recall(self._of_reads, key, path, lambda: tuple(self._getters(read, frame)))

    def on_loop(self, frame: Frame) -> OnLoop:
        """Return what a function does on a loop; a bridge in its thread is the affair of the nested-loop rule."""
        return self._memory.recall(self._on_loop, frame, frame.module.path, lambda: self._find_on_loop(frame))

    def _find_on_loop(self, frame: Frame) -> OnLoop:
        onward: list[Onward] = []
        used: list[Used] = []
        elsewhere: list[tuple[Bridge, Step]] = []
        refused = self._refused(frame)
        for call in frame.function.calls:
            bridge = find_bridge(call, frame, self._evaluator, self._options)
            if bridge is not None and _is_elsewhere(bridge):
                elsewhere.append((bridge, step_of(bridge.name, call, frame, None)))
            elif bridge is None:
                onward += self._follow(call, frame, True) if id(call) not in refused else ()
                used += self._uses(call, frame)
        for attribute in attribute_reads(frame.function):
            onward += self._getters(attribute, frame)
        for read in frame.function.awaits:
            onward += self._await(read, frame)
            onward += self._enter(read, frame) if read.use == ASYNC_ENTERED else ()
            used += self._read_uses(read, frame)
        return OnLoop(tuple(onward), tuple(used), tuple(elsewhere))

    def _refused(self, frame: Frame) -> frozenset[int]:
        """Return the calls, by identity, whose coroutine a bridge is given: this loop runs none of them."""
        found: set[int] = set()
        for call in frame.function.calls:
            passed = [value for value in call.arguments if isinstance(value, Call)]
            if passed and self._bridges(call, frame):
                found.update([id(value) for value in passed])
        return frozenset(found)

    def _bridges(self, call: Call, frame: Frame) -> bool:
        """Say whether a call is a bridge, or a call of a plain function that reaches one."""
        if find_bridge(call, frame, self._evaluator, self._options) is not None:
            return True
        for origin in self._evaluator.origins(call.function, frame):
            if isinstance(origin, FunctionObject) and not origin.function.is_async:
                if reaches_bridge(self._evaluator.bind(call, frame, origin.frame), self._evaluator, self._options):
                    return not asks(origin.function)
        return False

    def _getters(self, read: Call, frame: Frame) -> Iterator[Onward]:
        """Yield the properties that reading an attribute enters."""
        for getter in self._evaluator.getters(read, frame):
            step = step_of(getter.function.qualname, read, frame, defined_at(getter.frame))
            yield Onward(getter.frame, step, in_finally(frame.function, read.block), By.CALL)

    def _await(self, read: Read, frame: Frame) -> Iterator[Onward]:
        """Follow a coroutine that was made elsewhere and is awaited here: ``await coroutine``."""
        for origin in self._evaluator.origins(read.value, frame):
            if isinstance(origin, Coroutine):
                place = Place(frame.module.path, read.line, read.column)
                final = is_last_act(frame.function, read.line, read.block)
                name, repeated = f"{origin.frame.function.name}()", in_loop(frame.function, read.block)
                step = Step(name, place, defined_at(origin.frame), repeated, final)
                yield Onward(origin.frame, step, False, By.GIVEN)

    def _enter(self, read: Read, frame: Frame) -> Iterator[Onward]:
        """Follow what ``async with`` calls of an object of the project."""
        for origin in self._evaluator.origins(read.value, frame):
            if isinstance(origin, Instance):
                place = Place(frame.module.path, read.line, read.column)
                for name in ("__aenter__", "__aexit__"):
                    method = self._evaluator.method(origin, name)
                    if method is not None:
                        defined, repeated = defined_at(method.frame), in_loop(frame.function, read.block)
                        step = Step(f"{name}()", place, defined, repeated, name == "__aexit__")
                        yield Onward(method.frame, step, False, By.CALL)

    def _follow(self, call: Call, frame: Frame, on_loop: bool) -> Iterator[Onward]:
        evaluator = self._evaluator
        for callee in evaluator.origins(call.function, frame):
            if isinstance(callee, FunctionObject):
                if callee.function.is_async and (not on_loop or call.use == STATEMENT):
                    continue
                if callee.function.is_generator and call.use in _NEVER_ITERATED:
                    continue
                bound = evaluator.bind(call, frame, callee.frame)
                yield _onward(bound, callee.function.name, call, frame)
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
                        yield _onward(bound, callee.cls.name, call, frame)
            elif isinstance(callee, Instance):
                method = evaluator.method(callee, "__call__")
                if method is not None and not method.function.is_async:
                    bound = evaluator.bind(call, frame, method.frame)
                    yield _onward(bound, callee.cls.cls.name, call, frame)
            elif isinstance(callee, (External, Method, Made)):
                yield from self._hand_over(callee, call, frame, on_loop)

    def _hand_over(self, callee: Origin, call: Call, frame: Frame, on_loop: bool) -> Iterator[Onward]:
        """Follow functions passed to something outside the project, which calls them here or in a thread."""
        handed = HANDOVERS.get(name_of(callee).removesuffix("()"))
        for argument in (*call.arguments, *[value for _, value in call.keywords]):
            for origin in self._evaluator.origins(argument, frame):
                if isinstance(origin, Coroutine) and on_loop and not handed:
                    # wait_for(work(), 5)
                    yield _onward(origin.frame, origin.frame.function.name, call, frame, By.GIVEN)
                if not isinstance(origin, FunctionObject):
                    continue
                function = origin.function
                if function.is_async and (not on_loop or handed):
                    continue
                by = By.THREAD if handed else By.EACH if name_of(callee) in _CALLS_HERE else By.OTHERS
                entered = self._mapped(origin.frame, call, frame) if by is By.EACH else origin.frame
                yield _onward(entered, function.name, call, frame, by)

    def _mapped(self, entered: Frame, call: Call, frame: Frame) -> Frame:
        """Return the frame of a function that ``map`` calls, given what its iterables hold."""
        known = dict(entered.arguments)
        free = [p.name for p in entered.function.parameters if p.kind == "positional" and p.name not in known]
        for name, value in zip(free, call.arguments[1:]):
            known[name] = tuple(self._evaluator.elements(value, frame))
        return with_arguments(entered, {name: origins for name, origins in known.items() if origins})

    # -- uses --------------------------------------------------------------------------------------------------------

    def _uses(self, call: Call, frame: Frame) -> Iterator[Used]:
        evaluator, function = self._evaluator, frame.function
        place = Place(frame.module.path, call.line, call.column)
        receiver = call.function.value if isinstance(call.function, Attribute) else None
        when = Final.WITH_WAY if is_last_act(function, call.line, call.block, receiver) else Final.IN_ENDING
        if in_finally(function, call.block) or function.name == "__aexit__":
            when = Final.ALWAYS
        callees = evaluator.origins(call.function, frame)
        for callee, resource in self._resources(callees):
            if not _is_of_the_loop(resource, callee):
                continue
            name = callee.name if isinstance(callee, Method) else ""
            yield Used(resource, place, name, call.use == AWAITED, when)
        if any(isinstance(callee, (FunctionObject, ClassObject)) for callee in callees):
            if call.use in (ASYNC_ENTERED, ENTERED):
                for _, resource in self._resources(evaluator.origins(call, frame)):  # ``async with lock_for(key)``
                    yield Used(resource, place, "", False, Final.NEVER)
            return
        for value in (*call.arguments, *[v for _, v in call.keywords]):
            passed = [origin for origin in evaluator.origins(value, frame) if isinstance(origin, (Made, Instance))]
            for origin, resource in self._resources(passed):
                if _is_of_the_loop(resource, origin):
                    yield Used(resource, place, "", False, Final.NEVER)

    def _read_uses(self, read: Read, frame: Frame) -> Iterator[Used]:
        place = Place(frame.module.path, read.line, read.column)
        for _, resource in self._resources(self._evaluator.origins(read.value, frame)):
            yield Used(resource, place, "", True, Final.NEVER)

    def _resources(self, origins: Iterable[Origin]) -> list[tuple[Origin, Resource]]:
        """Return the objects that a value uses, by what it can be.

        Where one of the engines it can be has no pool, that is the one of workers, and the others are those of
        branches that workers do not take.
        """
        found = [(o, resource) for o in origins for resource in resources(o, self._evaluator, self._options)]
        engines = {resource.place for _, resource in found if resource.row.kind == "engine"}
        if len(engines) < 2:
            return found
        safe = {resource.place for _, resource in found if has_null_pool(resource, self._evaluator)}
        return [(o, r) for o, r in found if not safe or r.place in safe or r.place not in engines]


def _is_of_the_loop(resource: Resource, callee: Origin) -> bool:
    """Say whether a use of an object is one of those that use the loop; some objects have sync methods as well."""
    return not resource.row.only or not resource.row.only.isdisjoint(name_of(callee).split("."))


def _is_elsewhere(bridge: Bridge) -> bool:
    return bridge.handed or bridge.loop == THREAD


def _onward(entered: Frame, name: str, call: Call, frame: Frame, by: By = By.CALL) -> Onward:
    ends = in_finally(frame.function, call.block)
    return Onward(entered, step_of(f"{name}()", call, frame, defined_at(entered)), ends, by)


def step_of(name: str, call: Call, frame: Frame, defined: Place | None) -> Step:
    """Return the step that a call is, under the name that a reader would say; ``defined``: see :class:`Step`."""
    function = frame.function
    place = Place(frame.module.path, call.line, call.column)
    return Step(name, place, defined, in_loop(function, call.block), is_last_act(function, call.line, call.block))
