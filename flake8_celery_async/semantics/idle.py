"""What of a function is not executed in sync worker code, in whose thread no event loop runs.

The counterpart of :mod:`~flake8_celery_async.semantics.running`. Helpers that serve both worlds test for the running
loop, for the task that runs them, or for what they are given, and go another way; the questions here follow such tests
through ``if``, ``try`` and early leaves. A test that is not understood leaves everything within reach.
"""

from __future__ import annotations

from flake8_celery_async.semantics.catalog.bridges import LOOP_GETTERS, RUNNING_LOOP_GETTERS
from flake8_celery_async.semantics.catalog.celery_names import CURRENT_TASK
from flake8_celery_async.source.blocks import around, inside
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import (
    Assignment,
    Attribute,
    Block,
    Call,
    Choice,
    Compare,
    Constant,
    Function,
    Leave,
    Name,
    Stored,
    Value,
    of_facts,
)
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import Frame, FunctionObject

_ASKS = frozenset({"get_running_loop", "is_running"})
_ASKS_FUNCTION = frozenset({"asyncio.iscoroutinefunction", "inspect.iscoroutinefunction"})
_CURRENT = frozenset(f"{name}()" for name in LOOP_GETTERS)
_CAUGHT = frozenset({"RuntimeError", "Exception", "BaseException"})
_DEPTH = 4


@of_facts
def mentions_its_world(function: Function) -> bool:
    """Say whether a function may ask where it runs; cheap, to be asked before its statements are."""
    asks = _ASKS | {"iscoroutinefunction"}
    return "current_task" in function.reads or any(last_name(call.function) in asks for call in function.calls)


def is_out_of_reach(
    frame: Frame, block: int, line: int, evaluator: Evaluator, in_task: bool = False, depth: int = 0
) -> bool:
    """Say whether sync worker code never executes a statement (its block and 1-based line) of the frame's function.

    ``in_task`` is whether a task is what reaches the function.
    """
    world = _World(frame, evaluator, in_task, depth)
    return world.skips(block, line) or any(
        leave.kind in ("return", "raise") and leave.line < line and world.has_left(leave, block)
        for leave in frame.function.leaves
    )


def is_coroutine_function(call: Call, frame: Frame, evaluator: Evaluator) -> bool | None:
    """Return what ``iscoroutinefunction(function)`` gives for what the frame's function is given, else None.

    Functions with decorators are left alone.
    """
    if last_name(call.function) != "iscoroutinefunction" or not call.arguments:
        return None
    if _ASKS_FUNCTION.isdisjoint(evaluator.names(call.function, frame)):
        return None
    found = evaluator.origins(call.arguments[0], frame)
    if any(not isinstance(origin, FunctionObject) or origin.function.decorators for origin in found):
        return None
    return _all_one([isinstance(origin, FunctionObject) and origin.function.is_async for origin in found])


class _World:
    """A function as sync worker code executes it; ``depth`` counts the tests that led to this one."""

    def __init__(self, frame: Frame, evaluator: Evaluator, in_task: bool, depth: int) -> None:
        self._frame = frame
        self._function = frame.function
        self._evaluator = evaluator
        self._in_task = in_task
        self._depth = depth

    def skips(self, block: int, line: int) -> bool:
        """Say whether a statement stands behind a test that fails, or behind a call that raises without a loop."""
        for _, found in around(self._function, block):
            if found.kind in ("if", "while") and self._answer(found.values[0]) is False:
                return True
            if found.kind == "else" and self._answer(found.values[0]) is True:
                return True
        return any(call.line < line and self._has_passed(call, block) for call in self._raising())

    def has_left(self, leave: Leave, block: int) -> bool:
        """Say whether a leave is always executed on the way to a later statement (its block)."""
        shared = {index for index, _ in around(self._function, block)}
        return not self.skips(leave.block, leave.line) and all(
            self._certainly_enters(found) for index, found in around(self._function, leave.block) if index not in shared
        )

    def _certainly_enters(self, block: Block) -> bool:
        if block.kind == "if":
            return self._answer(block.values[0]) is True
        if block.kind == "else":
            return self._answer(block.values[0]) is False
        if block.kind == "except":
            return _catches(block) and any(
                call.block == block.peer and not self._is_after_another(call) for call in self._raising()
            )
        return block.kind in ("with", "async with")

    def _raising(self) -> list[Call]:
        """Return the calls that raise because no loop runs."""
        return [
            call
            for call in self._function.calls
            if last_name(call.function) == "get_running_loop"
            and not RUNNING_LOOP_GETTERS.isdisjoint(self._evaluator.names(call.function, self._frame))
        ]

    def _is_after_another(self, call: Call) -> bool:
        """Say whether the ``try`` of a call holds an earlier one, whose exception may choose another handler."""
        return any(
            other.line < call.line and inside(self._function, other.block, call.block) for other in self._function.calls
        )

    def _has_passed(self, call: Call, block: int) -> bool:
        """Say whether a later statement is reached only when the call did not raise."""
        if inside(self._function, block, call.block):
            return not self._is_handled_between(call.block, block)
        return any(found.kind == "try else" and found.peer == call.block for _, found in around(self._function, block))

    def _is_handled_between(self, outer: int, block: int) -> bool:
        """Say whether a statement stands in a handler of the very block, so that it runs when the call raised."""
        return any(
            found.kind in ("except", "finally") and found.peer == outer for _, found in around(self._function, block)
        )

    # -- tests -------------------------------------------------------------------------------------------------------

    def _answer(self, value: Value) -> bool | None:
        """Return what a test gives here, or None when that cannot be told."""
        if isinstance(value, Constant):
            return bool(value.value)
        if isinstance(value, Choice):
            return _all_one([self._answer(part) for part in value.values])
        if isinstance(value, Compare):
            return self._compared(value)
        if isinstance(value, Call):
            return False if self._asks_current(value) else is_coroutine_function(value, self._frame, self._evaluator)
        if self._in_task and not CURRENT_TASK.isdisjoint(self._evaluator.names(value, self._frame)):
            return True
        return self._named(value) if isinstance(value, Name) else None

    def _compared(self, value: Compare) -> bool | None:
        first = self._answer(value.operands[0])
        if first is None or value.operator == "Not":
            return None if first is None else not first
        if value.operands[1:] != (Constant(None),):
            return None
        return not first if value.operator == "Is" else first if value.operator == "IsNot" else None

    def _asks_current(self, call: Call) -> bool:
        """Say whether a test asks whether the thread's own loop is running; a loop kept elsewhere may well be."""
        function = call.function
        if not isinstance(function, Attribute) or function.name != "is_running":
            return False
        found = set(self._evaluator.names(function.value, self._frame))
        return bool(found) and found <= _CURRENT

    def _named(self, value: Name) -> bool | None:
        """Return what a local name is here: ``loop`` after ``except RuntimeError: loop = None``."""
        bindings = self._function.bindings.get(value.id, ())
        stored = [b.assignment for b in bindings if isinstance(b, Stored) and b.function == self._function.index]
        if not stored or len(stored) != len(bindings) or self._depth >= _DEPTH:
            return None
        if value.id in self._function.outer or any(found.via != "=" for found in stored):
            return None
        inner = _World(self._frame, self._evaluator, self._in_task, self._depth + 1)
        return _all_one([inner._answer(found.value) for found in stored if not self._fails(found)])

    def _fails(self, assignment: Assignment) -> bool:
        """Say whether an assignment is never made here."""
        return any(assignment.value is call for call in self._raising()) or is_out_of_reach(
            self._frame, assignment.block, assignment.line, self._evaluator, self._in_task, self._depth + 1
        )


def _all_one(answers: list[bool | None]) -> bool | None:
    return answers[0] if answers and len(set(answers)) == 1 else None


def _catches(block: Block) -> bool:
    """Say whether an ``except`` clause catches the RuntimeError of a missing loop."""
    types = block.values[0] if block.values else None
    return types is None or last_name(types) in _CAUGHT
