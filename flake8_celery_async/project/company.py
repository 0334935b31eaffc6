"""What makes something run beside the coroutine that calls it: ``gather``, ``create_task``, a task group."""

from __future__ import annotations

from itertools import pairwise

from flake8_celery_async.semantics.bridges import Bridge
from flake8_celery_async.semantics.catalog.bridges import LOOP_GETTERS, LOOP_MAKERS
from flake8_celery_async.source.blocks import always_after, in_loop
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import (
    ASYNC_ENTERED,
    ASYNC_ITERATED,
    AWAITED,
    Attribute,
    Call,
    Collection,
    Function,
    Name,
    Starred,
    Value,
    of_facts,
)
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import Frame, Made

THREADSAFE = "run_coroutine_threadsafe"
BESIDE = frozenset(
    {
        "TaskGroup", "as_completed", "create_task", "create_task_group", "ensure_future", "gather", "open_nursery",
        THREADSAFE, "start_server", "start_soon", "start_unix_server",
    }
)  # fmt: skip
"""Last parts of the calls that make something run beside the coroutine."""
TASK_MAKERS = frozenset({"create_task", "ensure_future"})
"""Last parts of the calls that make a task of one coroutine."""
_COMBINE = frozenset({"gather"})
_COMBINE_A_LIST = frozenset({"as_completed", "wait"})
"""Last parts of the calls that make one awaitable of several: of their arguments, or of what the first one holds."""
_GIVES_THE_LOOP = frozenset({AWAITED, ASYNC_ENTERED, ASYNC_ITERATED})


def mentions_company(function: Function) -> bool:
    """Say whether a function has any call that makes something run beside it, even if it waits for it at once."""
    return any(last_name(call.function) in BESIDE for call in function.calls)


@of_facts
def calls_for_company(function: Function) -> tuple[Call, ...]:
    """Return the calls of a function that make something run beside it, whether it has the loop or not."""
    return tuple(
        [
            call
            for call in function.calls
            if last_name(call.function) in BESIDE
            and not _is_awaited_at_once(call, function)
            and not _is_of_one(call, function)
        ]
    )


def is_on_another_loop(call: Call, frame: Frame, evaluator: Evaluator) -> bool:
    """Say whether what a call starts runs on a loop that code has made for another thread."""
    loop = call.argument(1, "loop") if last_name(call.function) == THREADSAFE else None
    made = {o.name for o in evaluator.origins(loop, frame) if isinstance(o, Made)} if loop is not None else set()
    return not LOOP_MAKERS.isdisjoint(made) and LOOP_GETTERS.isdisjoint(made)


def drives_several(bridge: Bridge) -> bool:
    """Say whether a bridge's loop has more than one coroutine to run: it is given several, or its function made tasks.

    ``tasks = [loop.create_task(work()) for _ in range(2)]``, of which one bridge may run one after the other.
    """
    return _makes_tasks(bridge.frame.function) or any(
        _is_several(value, bridge.frame.function, 0) for value in bridge.driven[:1]
    )


def _is_awaited_at_once(call: Call, function: Function) -> bool:
    """Say whether a coroutine waits for the task it makes before anything else gets the loop."""
    if last_name(call.function) not in TASK_MAKERS:
        return False
    if call.use == AWAITED:
        return True
    names = [a.target for a in function.assignments if a.value is call and a.via == "="]
    reads = [(read.line, read.block, read.value) for read in function.awaits]
    calls = [(other.line, other.block, other) for other in function.calls if other.use in _GIVES_THE_LOOP]
    later = [found for found in (*reads, *calls) if found[0] > call.line]
    if len(names) != 1 or not later:
        return False
    _, block, value = min(later, key=lambda found: found[0])
    return value == names[0] and isinstance(value, Name) and block == call.block


def _is_of_one(call: Call, function: Function) -> bool:
    """Say whether a call combines one awaitable only, so that who waits for it has no company by that."""
    if len(call.arguments) != 1:
        return False
    given = call.arguments[0]
    if last_name(call.function) in _COMBINE:
        return _holds_one(given.value, function) if isinstance(given, Starred) else True
    return last_name(call.function) in _COMBINE_A_LIST and _holds_one(given, function)


def _holds_one(value: Value, function: Function) -> bool:
    """Say whether a list holds one thing at most: it is written so, or a local one that gets one by ``append``."""
    if isinstance(value, Collection):
        return not value.repeated and len(value.values) < 2 and not any(isinstance(v, Starred) for v in value.values)
    if not isinstance(value, Name):
        return False
    made = [assignment for assignment in function.assignments if assignment.target == value]
    if len(made) != 1 or made[0].via != "=" or not isinstance(made[0].value, Collection):
        return False
    changes = [c for c in function.calls if isinstance(c.function, Attribute) and c.function.value == value]
    if any(last_name(change.function) != "append" or in_loop(function, change.block) for change in changes):
        return False
    return _holds_one(made[0].value, function) and len(made[0].value.values) + len(changes) < 2


@of_facts
def _makes_tasks(function: Function) -> bool:
    """Say whether plain code makes several tasks of a loop that does not run yet."""
    makers = [call for call in function.calls if not function.is_async and last_name(call.function) in TASK_MAKERS]
    if not makers:
        return False
    written = [*[a.value for a in function.assignments], *[v for call in function.calls for v in call.arguments]]
    lists = [value.value if isinstance(value, Starred) else value for value in written]
    repeated = {id(v) for found in lists if isinstance(found, Collection) and found.repeated for v in found.values}
    return any(id(call) in repeated or in_loop(function, call.block) for call in makers) or any(
        always_after(function, first, second) for first, second in pairwise(makers)
    )


def _is_several(value: Value, function: Function, depth: int) -> bool:
    if depth > 2:
        return False
    if isinstance(value, Name):
        made = [found.value for found in function.assignments if found.target == value and found.via == "="]
        return any(_is_several(found, function, depth + 1) for found in made)
    if not isinstance(value, Call):
        return False
    if last_name(value.function) in _COMBINE | _COMBINE_A_LIST:
        return not _is_of_one(value, function)
    return any(_is_several(argument, function, depth + 1) for argument in value.arguments if isinstance(argument, Call))
