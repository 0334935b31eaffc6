"""What of a function is not executed unless an event loop is running in its thread already.

The counterpart of :mod:`~flake8_celery_async.semantics.running` for sync worker code, in whose thread no loop runs:
what stands behind a successful ``asyncio.get_running_loop()`` is then out of reach.
"""

from __future__ import annotations

from flake8_celery_async.semantics.catalog.bridges import LOOP_GETTERS, RUNNING_LOOP_GETTERS
from flake8_celery_async.source.blocks import around, inside
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import Attribute, Call, Function, Value
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import Frame

_ASKS = frozenset({"get_running_loop", "is_running"})
_CURRENT = frozenset(f"{name}()" for name in LOOP_GETTERS)


def mentions_running_loop(function: Function) -> bool:
    """Say whether a function may ask for a running loop at all; cheap, to be asked once before its statements are."""
    return any(last_name(call.function) in _ASKS for call in function.calls)


def needs_running_loop(frame: Frame, block: int, line: int, evaluator: Evaluator) -> bool:
    """Say whether a statement (its block and 1-based line) is executed only while a loop runs in the thread."""
    function = frame.function
    for call in function.calls:
        if (
            call.line < line
            and last_name(call.function) == "get_running_loop"
            and _has_passed(call, block, function)
            and not RUNNING_LOOP_GETTERS.isdisjoint(evaluator.names(call.function, frame))
        ):
            return True
    return any(
        found.kind == "if" and _asks_current(found.values[0], frame, evaluator) for _, found in around(function, block)
    )


def _has_passed(call: Call, block: int, function: Function) -> bool:
    """Say whether a later statement is reached only when the call did not raise."""
    if inside(function, block, call.block):
        return not _is_handled_between(call.block, block, function)
    return any(found.kind == "try else" and found.peer == call.block for _, found in around(function, block))


def _is_handled_between(outer: int, block: int, function: Function) -> bool:
    """Say whether a statement stands in a handler of the very block, so that it runs when the call raised."""
    return any(found.kind in ("except", "finally") and found.peer == outer for _, found in around(function, block))


def _asks_current(test: Value, frame: Frame, evaluator: Evaluator) -> bool:
    """Say whether a test asks whether the thread's own loop is running; a loop kept elsewhere may well be."""
    return (
        isinstance(test, Call)
        and isinstance(test.function, Attribute)
        and test.function.name == "is_running"
        and not (found := set(evaluator.names(test.function.value, frame))).isdisjoint(_CURRENT)
        and found <= _CURRENT
    )
