"""Coroutines that plain code outside of worker code drives, or that frameworks drive apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from flake8_celery_async.options import Options
from flake8_celery_async.project.acts import Acts, By
from flake8_celery_async.project.company import TASK_MAKERS, THREADSAFE, is_on_another_loop
from flake8_celery_async.semantics.bridges import THREAD, Bridge, driven_frames, find_bridge
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import Attribute, Call, Function, Import, Module, Value
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import Coroutine, Frame, FunctionObject

_MOST_FRAMES = 4
"""Sets of arguments with which one function is followed."""
_HELPERS = 2
"""Plain functions between the one that makes a coroutine and the bridge that it is handed to."""


class Drive(NamedTuple):
    """One way in which a coroutine is driven."""

    target: Frame
    bridge: Bridge | None
    """None where a loop in another thread gets it by hand, and for what a framework runs on a new loop each time."""


class Leaving(NamedTuple):
    """What code on a loop hands over to another loop."""

    bridge: Bridge
    functions: frozenset[Function]


def leavings(frame: Frame, evaluator: Evaluator, options: Options) -> Iterator[Leaving]:
    """Yield what a function on a loop has run on others: ``run_coroutine_threadsafe``, ``submit(asyncio.run, …)``."""
    for call in frame.function.calls:
        if last_name(call.function) == THREADSAFE or any(last_name(value) == "run" for value in _values(call)):
            bridge = find_bridge(call, frame, evaluator, options)
            if bridge is not None and (bridge.handed or is_on_another_loop(call, frame, evaluator)):
                driven = frozenset([target.function for target in driven_frames(bridge, evaluator)])
                yield Leaving(bridge, driven)


@dataclass(frozen=True, slots=True)
class Apart:
    """What plain code drives apart from what workers are seen to drive."""

    drives: list[Drive] = field(default_factory=list)
    driven: dict[Function, set[Function]] = field(default_factory=dict)
    """For each plain function the coroutines of which it drives one."""
    onward: dict[Frame, Sequence[Frame]] = field(default_factory=dict)
    """For each function on the loops what its calls lead to there."""
    handing: set[Function] = field(default_factory=set)
    """The plain functions that loops in other threads call, to give them a coroutine."""

    @property
    def functions(self) -> set[Function]:
        """All that runs on those loops."""
        return {frame.function for frame in self.onward}

    def add(self, function: Function, drive: Drive) -> None:
        """Add what a plain function drives."""
        self.drives.append(drive)
        self.driven.setdefault(function, set()).add(drive.target.function)


def find_apart(
    modules: Iterable[Module], known: Mapping[Function, object], evaluator: Evaluator, options: Options
) -> Apart:
    """Return what the plain functions drive that are none of those that are known (worker code).

    Of those that are, what they give by hand to a loop in another thread, which no walk through bridges follows.
    """
    modules = list(modules)
    found = Apart()
    names = with_aliases({f.name for module in modules for f in module.functions if f.is_async}, modules)
    for module in modules:
        for function in module.functions:
            frame = evaluator.frame(module, function)
            if function.is_async:
                if any(is_of_flask(value, module, evaluator) for value in function.decorators):
                    found.drives.append(Drive(frame, None))
            elif function in known:
                for inner, drive in _handed(frame, evaluator):
                    found.handing.add(inner)
                    found.add(inner, drive)
            elif function.kind != "module" and _mentions(function, names):
                for drive in _driven(frame, evaluator, options, _HELPERS):
                    found.add(function, drive)
    _follow(found, Acts(evaluator, options))
    return found


def is_of_flask(decorator: Value, module: Module, evaluator: Evaluator) -> bool:
    """Say whether a decorator makes a view of Flask, which has a thread and a loop for each request of an async one."""
    value = decorator.function if isinstance(decorator, Call) else decorator
    return isinstance(value, Attribute) and any(
        name.startswith("flask.") for name in evaluator.names(value, evaluator.frame(module, module.body))
    )


def _handed(frame: Frame, evaluator: Evaluator) -> Iterator[tuple[Function, Drive]]:
    """Yield what is driven by ``loop.call_soon_threadsafe(lambda: asyncio.ensure_future(work()))``."""
    for call in frame.function.calls:
        if last_name(call.function) != "call_soon_threadsafe":
            continue
        for origin in evaluator.origins(call.arguments[0], frame) if call.arguments else ():
            if isinstance(origin, FunctionObject) and not origin.function.is_async:
                made = [c for c in origin.function.calls if last_name(c.function) in TASK_MAKERS]
                for value in [value for maker in made for value in maker.arguments[:1]]:
                    for coroutine in evaluator.origins(value, origin.frame):
                        if isinstance(coroutine, Coroutine):
                            yield origin.function, Drive(coroutine.frame, None)


def with_aliases(names: set[str], modules: Iterable[Module]) -> set[str]:
    """Return some names of functions with those under which modules import them."""
    aliases = {
        bound
        for module in modules
        for function in module.functions
        for bound, bindings in function.bindings.items()
        for binding in bindings
        if isinstance(binding, Import) and binding.name in names
    }
    return names | aliases


def _mentions(function: Function, names: set[str]) -> bool:
    """Say whether a function may make a coroutine, or pass on what makes one."""
    return any(last_name(value) in names for call in function.calls for value in (call.function, *_values(call)))


def _values(call: Call) -> Iterator[Value]:
    yield from call.arguments
    yield from [value for _, value in call.keywords]


def _driven(frame: Frame, evaluator: Evaluator, options: Options, helpers: int) -> Iterator[Drive]:
    """Yield what a plain function drives in its thread, itself or by helpers that it gives a coroutine to."""
    for call in frame.function.calls:
        bridge = find_bridge(call, frame, evaluator, options)
        if bridge is not None:
            if bridge.loop != THREAD:
                yield from [Drive(target, bridge) for target in driven_frames(bridge, evaluator)]
        elif helpers and any(_is_coroutine(value, frame, evaluator) for value in _values(call)):
            for origin in evaluator.origins(call.function, frame):
                if isinstance(origin, FunctionObject) and not origin.function.is_async:
                    bound = evaluator.bind(call, frame, origin.frame)
                    yield from _driven(bound, evaluator, options, helpers - 1)


def _is_coroutine(value: Value, frame: Frame, evaluator: Evaluator) -> bool:
    return any(isinstance(origin, Coroutine) for origin in evaluator.origins(value, frame))


def _follow(found: Apart, acts: Acts) -> None:
    """Add what the driven coroutines lead to."""
    ways: dict[Function, int] = {}
    waiting = [drive.target for drive in found.drives]
    while waiting:
        frame = waiting.pop()
        if frame in found.onward or ways.get(frame.function, 0) >= _MOST_FRAMES:
            continue
        ways[frame.function] = ways.get(frame.function, 0) + 1
        onward = [act.frame for act in acts.on_loop(frame).onward if act.by is not By.THREAD]
        found.onward[frame] = onward
        waiting += onward
