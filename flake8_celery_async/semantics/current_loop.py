"""The event loop of a thread: who sets it, who takes it away, and who is ready for there being none."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.options import Options
from flake8_celery_async.semantics.bridges import FRESH, Bridge, find_bridge
from flake8_celery_async.semantics.catalog.bridges import (
    BY_NAME,
    IMPLICIT_LOOP_GETTERS,
    LOOP_FACTORY,
    LOOP_MAKERS,
    LOOP_SETTERS,
    RUNNERS,
)
from flake8_celery_async.source.blocks import around, inside
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.memory import query
from flake8_celery_async.source.module import ENTERED, Attribute, Block, Call, Constant, Function, of_facts
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import Frame, FunctionObject, Made, Method, Place
from flake8_celery_async.source.paths import catches, handlers

_NO_LOOP = frozenset({"RuntimeError", "Exception", "BaseException"})
"""What a handler for "there is no current event loop" can name."""
_DEPTH = 2


def is_guarded(call: Call, frame: Frame, evaluator: Evaluator, options: Options) -> bool:
    """Say whether the function has another way when the call raises that there is no loop.

    The handler makes or sets a loop or runs the coroutine otherwise, itself or after the ``try``.
    """
    function = frame.function
    for index, block in around(function, call.block):
        if block.kind in ("with", "async with") and _suppresses(block):
            return True
        if block.kind != "try":
            continue
        for handler in handlers(function, index):
            if not catches(function.blocks[handler], _NO_LOOP):
                continue
            for other in function.calls:
                if inside(function, other.block, handler) or (
                    other.line > block.line and not inside(function, other.block, index)
                ):
                    if provides(other, frame, evaluator, options):
                        return True
    return False


def expects_none(call: Call, function: Function, only: bool = False) -> bool:
    """Say whether the call stands in a ``try`` that asks whether there is a loop, and goes on when there is none.

    With ``only`` the handler has to name ``RuntimeError``; without, a broad one will do if it is around little else.
    """
    for index, block in around(function, call.block):
        if block.kind in ("with", "async with") and _suppresses(block):
            return True
        if block.kind != "try":
            continue
        asked = [other for other in function.calls if inside(function, other.block, index)]
        for handler in handlers(function, index):
            found = function.blocks[handler]
            if any(leave.kind == "raise" and inside(function, leave.block, handler) for leave in function.leaves):
                continue
            if (found.values and catches(found, _ONLY)) or (not only and len(asked) < 3 and catches(found, _NO_LOOP)):
                return True
    return False


_ONLY = frozenset({"RuntimeError"})


def _suppresses(block: Block) -> bool:
    return any(isinstance(value, Call) and last_name(value.function) == "suppress" for value in block.values)


def provides(call: Call, frame: Frame, evaluator: Evaluator, options: Options, depth: int = _DEPTH) -> bool:
    """Say whether a call makes or sets a loop, or runs a coroutine on one of its own; helpers are looked into."""
    names = set(evaluator.names(call.function, frame))
    if names & LOOP_MAKERS or (names & LOOP_SETTERS and not _sets_none(call)) or names & RUNNERS:
        return True
    bridge = find_bridge(call, frame, evaluator, options)
    if bridge is not None and bridge.loop == FRESH:
        return True
    if depth:
        for origin in evaluator.origins(call.function, frame):
            if isinstance(origin, FunctionObject) and not origin.function.is_async:
                inner = evaluator.bind(call, frame, origin.frame)
                if any(provides(c, inner, evaluator, options, depth - 1) for c in origin.function.calls):
                    return True
    return False


def sets_loop(frame: Frame, evaluator: Evaluator, before: int = 0, within: int = -1, depth: int = _DEPTH) -> bool:
    """Say whether a function sets the loop of its thread, itself or through helpers.

    ``before`` is the line before which it must do so (0: anywhere), ``within`` the block that must then be reached.
    """

    def counts(call: Call) -> bool:
        return (not before or call.line < before) and (within < 0 or inside(frame.function, within, call.block))

    setting, helping = _setting(frame, evaluator)
    if any(counts(call) for call in setting):
        return True
    helpers = [helper for call, helper in helping if counts(call)] if depth else []
    return any(sets_loop(helper, evaluator, 0, -1, depth - 1) for helper in dict.fromkeys(helpers))


@query
def _setting(frame: Frame, evaluator: Evaluator) -> tuple[list[Call], list[tuple[Call, Frame]]]:
    """Return the calls of a function that set a loop, and those that call a plain function of the project."""
    setting: list[Call] = []
    helping: list[tuple[Call, Frame]] = []
    for call in frame.function.calls:
        if not LOOP_SETTERS.isdisjoint(evaluator.names(call.function, frame)) and not _sets_none(call):
            setting.append(call)
        for origin in evaluator.origins(call.function, frame):
            if isinstance(origin, FunctionObject) and not origin.function.is_async:
                helping.append((call, origin.frame))
    return setting, helping


def _sets_none(call: Call) -> bool:
    return call.argument(0, "loop") == Constant(None)


def takes_loop_away(bridge: Bridge, evaluator: Evaluator) -> bool:
    """Say whether the main thread has no current loop after the bridge (LAB 4c'')."""
    call, frame = bridge.call, bridge.frame
    if bridge.handed or call.keyword(LOOP_FACTORY) is not None:
        return False
    for name in evaluator.names(call.function, frame):
        row = BY_NAME.get(name.removesuffix("()"))
        if row is not None:
            return row.closes_loop
    for origin in evaluator.origins(call.function, frame):
        if isinstance(origin, Method) and isinstance(origin.receiver, Made) and origin.receiver.name in RUNNERS:
            made = origin.receiver.call
            if made is not None and made.use == ENTERED and made.keyword(LOOP_FACTORY) is None:
                return True
    return False


def closings(frame: Frame, evaluator: Evaluator) -> Iterator[Place]:
    """Yield where a function closes the loop of its thread for good: it does not set another one after that."""
    closed: list[Call] = []
    for call in frame.function.calls:
        callee = call.function
        if not isinstance(callee, Attribute) or callee.name != "close":
            continue
        if any(isinstance(o, Made) and o.name in IMPLICIT_LOOP_GETTERS for o in evaluator.origins(callee.value, frame)):
            closed.append(call)
    if closed:
        setting, _ = _setting(frame, evaluator)
        last = max([call.line for call in setting], default=0)
        yield from [Place(frame.module.path, call.line, call.column) for call in closed if call.line >= last]


@of_facts
def checks_closed(function: Function) -> bool:
    """Say whether a function asks a loop whether it is closed."""
    return any(last_name(call.function) == "is_closed" for call in function.calls)
