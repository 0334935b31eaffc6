"""Coroutines that plain code outside of worker code drives, each time on a new loop: a plain view, a dependency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flake8_celery_async.options import Options
from flake8_celery_async.project.acts import Acts, By
from flake8_celery_async.project.company import drives_several
from flake8_celery_async.semantics.bridges import FRESH, driven_frames, find_bridge
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import Call, Function, Module, Value
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import Coroutine, Frame, FunctionObject

_MOST_FRAMES = 4
"""Sets of arguments with which one function is followed."""
_HELPERS = 2
"""Plain functions between the one that makes a coroutine and the bridge that it is handed to."""


@dataclass(frozen=True, slots=True)
class Apart:
    """What plain code drives on new loops."""

    driven: dict[Function, set[Function]] = field(default_factory=dict)
    """For each plain function the coroutines of which it drives one."""
    starts: dict[Frame, bool] = field(default_factory=dict)
    """What is driven, and whether others run beside it from the start."""
    onward: dict[Frame, Sequence[Frame]] = field(default_factory=dict)
    """For each function on those loops what its calls lead to there."""

    @property
    def functions(self) -> set[Function]:
        """All that runs on those loops."""
        return {frame.function for frame in self.onward}


def find_apart(
    modules: Iterable[Module], known: Mapping[Function, object], evaluator: Evaluator, options: Options
) -> Apart:
    """Return what the plain functions drive that are none of those that are known (worker code)."""
    modules = list(modules)
    found = Apart()
    names = frozenset(f.name for module in modules for f in module.functions if f.is_async)
    for module in modules:
        for function in module.functions:
            is_plain = not function.is_async and function.kind != "module"
            if is_plain and function not in known and _mentions(function, names):
                for target, several in _driven(evaluator.frame(module, function), evaluator, options, _HELPERS):
                    found.driven.setdefault(function, set()).add(target.function)
                    found.starts[target] = several or found.starts.get(target, False)
    _follow(found, Acts(evaluator, options))
    return found


def _mentions(function: Function, names: frozenset[str]) -> bool:
    """Say whether a function may make a coroutine, or pass on what makes one."""
    return any(last_name(value) in names for call in function.calls for value in (call.function, *_values(call)))


def _values(call: Call) -> Iterator[Value]:
    yield from call.arguments
    yield from [value for _, value in call.keywords]


def _driven(frame: Frame, evaluator: Evaluator, options: Options, helpers: int) -> Iterator[tuple[Frame, bool]]:
    """Yield what a plain function drives on new loops, itself or by helpers that it gives a coroutine to."""
    for call in frame.function.calls:
        bridge = find_bridge(call, frame, evaluator, options)
        if bridge is not None:
            if bridge.loop == FRESH:
                several = drives_several(bridge)
                yield from [(target, several) for target in driven_frames(bridge, evaluator)]
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
    waiting = [*found.starts]
    while waiting:
        frame = waiting.pop()
        if frame in found.onward or ways.get(frame.function, 0) >= _MOST_FRAMES:
            continue
        ways[frame.function] = ways.get(frame.function, 0) + 1
        onward = [act.frame for act in acts.on_loop(frame).onward if act.by is not By.THREAD]
        found.onward[frame] = onward
        waiting += onward
