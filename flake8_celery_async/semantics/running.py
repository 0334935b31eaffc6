"""What of a function is executed when an event loop is running in its thread already.

Helpers that serve both worlds ask for the running loop and go another way when there is one. The questions here follow
such tests through ``if``, ``try`` and early returns, so that only what a coroutine can really reach is held against it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from flake8_celery_async.options import Options
from flake8_celery_async.semantics.bridges import find_bridge
from flake8_celery_async.semantics.catalog.bridges import HANDOVERS, LOOP_GETTERS, METHOD_HANDOVERS
from flake8_celery_async.semantics.idle import is_coroutine_function
from flake8_celery_async.source.blocks import around, inside
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import (
    Attribute,
    Block,
    Call,
    Choice,
    Compare,
    Constant,
    Function,
    Module,
    Name,
    Stored,
    Value,
    of_facts,
)
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import Frame, FunctionObject

_ASKS = frozenset({"get_running_loop", "_get_running_loop", "is_running", "current_task", "current_async_library"})
"""Last parts of the calls that say whether a loop is running."""
_RAISES = frozenset({"get_running_loop", "current_task", "current_async_library"})
"""Of these, the ones that raise when none is."""
_LOOPS = frozenset(
    {"asyncio.current_task()", "sniffio.current_async_library()", *[f"{name}()" for name in LOOP_GETTERS]}
)
"""Values that are true while a loop is running."""
_THREADS = frozenset({"threading.current_thread()", "threading.currentThread()", "threading.get_ident()"})
"""Values by which code asks whether it runs in the thread of the loop."""
_ASKS_THREAD = frozenset(name.rpartition(".")[2].removesuffix("()") for name in _THREADS)
_ASKS_OTHERWISE = frozenset({*_ASKS_THREAD, "iscoroutinefunction"})
"""Last parts of the calls that ask for something else on which the loop may depend."""
_CAUGHT = frozenset({"RuntimeError", "Exception", "BaseException", "AsyncLibraryNotFoundError"})
_OTHER_WAYS = frozenset(
    {"create_task", "ensure_future", "run_coroutine_threadsafe", "submit", "to_thread", *METHOD_HANDOVERS}
)
"""Last parts of the calls by which code gets a coroutine run without entering a loop here."""
_BRIDGES = frozenset({"run", "run_until_complete", "submit", "async_to_sync", "syncify"})
_DEPTH = 4


class _Answer(Enum):
    """What a test gives while a loop is running."""

    TRUE = 1
    FALSE = 2
    UNKNOWN = 3
    AWARE = 4
    """It depends on the running loop in a way that is not understood."""


_NOT = {_Answer.TRUE: _Answer.FALSE, _Answer.FALSE: _Answer.TRUE}


def asks(function: Function) -> bool:
    """Say whether a function asks for the running loop anywhere."""
    return any(last_name(call.function) in _ASKS for call in function.calls)


@of_facts
def _asking(module: Module) -> frozenset[str]:
    return frozenset([function.name for function in module.functions if asks(function)])


class Running:
    """Answers for one project; ``modules``, ``evaluator`` and ``options`` are the project's."""

    def __init__(self, modules: Iterable[Module], evaluator: Evaluator, options: Options) -> None:
        self.helpers = frozenset([name for module in modules for name in _asking(module)])
        """The names of the functions that ask for the running loop."""
        self.evaluator = evaluator
        self._options = options
        self._aware: dict[Function, bool] = {}

    def executes(self, frame: Frame, block: int, line: int, depth: int = 0) -> bool:
        """Say whether a statement (its block and line) can be executed while a loop runs in the thread."""
        function = frame.function
        if not self._may_depend(frame, depth):
            return True
        for _, found in around(function, block):
            if self._skips(found, frame, depth):
                return False
        for leave in function.leaves:
            if leave.kind in ("return", "raise") and leave.line < line:
                if self._is_certain(leave.block, frame, depth):
                    return False
        return True

    def recovers(self, frame: Frame, block: int) -> bool:
        """Say whether the ``except`` around a bridge takes a thread, or schedules the coroutine, when it fails."""
        function = frame.function
        for index, found in around(function, block):
            if found.kind != "try":
                continue
            for position, handler in enumerate(function.blocks):
                if handler.kind == "except" and handler.peer == index and _catches(handler):
                    if any(self._takes_another_way(call, frame) for call in _calls_in(function, position)):
                        return True
        return False

    def _takes_another_way(self, call: Call, frame: Frame) -> bool:
        if last_name(call.function) in _OTHER_WAYS:
            return True
        return any(name.removesuffix("()") in HANDOVERS for name in self.evaluator.names(call.function, frame))

    def _may_depend(self, frame: Frame, depth: int) -> bool:
        """Say whether a function asks for the running loop, itself or in a test through one of the project's."""
        function = frame.function
        known = self._aware.get(function)
        if known is None:
            known = asks(function) or any(last_name(call.function) in _ASKS_OTHERWISE for call in function.calls)
            known = known or (depth < _DEPTH and self._tests_helper(frame))
            if depth < _DEPTH:
                self._aware[function] = known
        return known

    def _tests_helper(self, frame: Frame) -> bool:
        function = frame.function
        for call in function.calls:
            if call.use in ("tested", "assigned", "operand") and last_name(call.function) in self.helpers:
                for origin in self.evaluator.origins(call.function, frame):
                    if isinstance(origin, FunctionObject) and not origin.function.is_async and asks(origin.function):
                        return True
        return False

    # -- blocks ------------------------------------------------------------------------------------------------------

    def _skips(self, block: Block, frame: Frame, depth: int) -> bool:
        """Say whether a block is not entered while a loop runs, or whether that is not understood."""
        kind = block.kind
        if kind in ("if", "while"):
            return self._answer(block.values[0], frame, depth) in (_Answer.FALSE, _Answer.AWARE)
        if kind == "else":
            return self._answer(block.values[0], frame, depth) in (_Answer.TRUE, _Answer.AWARE)
        if kind == "except":
            return _catches(block) and self._finds_loop(block.peer, frame)
        return False

    def _finds_loop(self, whole: int, frame: Frame) -> bool:
        """Say whether a ``try`` asks for the running loop in a way that raises without one, and nothing else raises."""
        function = frame.function
        calls = list(_calls_in(function, whole))
        if not any(self._raises_without_loop(call, frame) for call in calls):
            return False
        for call in calls:
            if last_name(call.function) in _BRIDGES:
                bridge = find_bridge(call, frame, self.evaluator, self._options)
                if bridge is not None and not bridge.handed and self._executes_in(call.block, whole, frame):
                    return False
        return True

    def _raises_without_loop(self, call: Call, frame: Frame) -> bool:
        name = last_name(call.function)
        if name in _RAISES or name == "get_event_loop":
            return True
        return any(
            isinstance(origin, FunctionObject) and any(last_name(c.function) in _RAISES for c in origin.function.calls)
            for origin in self.evaluator.origins(call.function, frame)
        )

    def _executes_in(self, block: int, whole: int, frame: Frame) -> bool:
        for index, found in around(frame.function, block):
            if index == whole:
                return True
            if self._skips(found, frame, 0):
                return False
        return True

    def _is_certain(self, block: int, frame: Frame, depth: int) -> bool:
        """Say whether a block is entered whenever a loop runs (or may be meant to be: its test is not understood)."""
        for _, found in around(frame.function, block):
            if found.kind == "if":
                if self._answer(found.values[0], frame, depth) not in (_Answer.TRUE, _Answer.AWARE):
                    return False
            elif found.kind == "else":
                if self._answer(found.values[0], frame, depth) not in (_Answer.FALSE, _Answer.AWARE):
                    return False
            elif found.kind not in ("with", "async with", "try", "try else", "finally"):
                return False
        return True

    # -- tests -------------------------------------------------------------------------------------------------------

    def _answer(self, value: Value, frame: Frame, depth: int) -> _Answer:
        """Return what a test gives while a loop runs."""
        if depth > _DEPTH:
            return _Answer.UNKNOWN
        if isinstance(value, Constant):
            return _Answer.TRUE if value.value else _Answer.FALSE
        if isinstance(value, Compare):
            return self._compared(value, frame, depth)
        if isinstance(value, Choice):
            answers = {self._answer(part, frame, depth) for part in value.values}
            if len(answers) == 1:
                return answers.pop()
            return _Answer.UNKNOWN if _Answer.AWARE not in answers and not self._mentions(value) else _Answer.AWARE
        if isinstance(value, Call):
            return self._called(value, frame, depth)
        if isinstance(value, Name):
            return self._named(value, frame, depth)
        if isinstance(value, Attribute) and not _LOOPS.isdisjoint(self.evaluator.names(value, frame)):
            return _Answer.TRUE
        return _Answer.UNKNOWN

    def _mentions(self, value: Choice) -> bool:
        return any(last_name(part.operands[0] if isinstance(part, Compare) else part) in _ASKS for part in value.values)

    def _compared(self, value: Compare, frame: Frame, depth: int) -> _Answer:
        first = self._answer(value.operands[0], frame, depth)
        if value.operator == "Not":
            return _NOT.get(first, first)
        if len(value.operands) == 2 and value.operands[1] == Constant(None):
            if value.operator in ("Is", "Eq"):
                return _NOT.get(first, first)
            if value.operator in ("IsNot", "NotEq"):
                return first
        if any(self._answer(operand, frame, depth) is _Answer.AWARE for operand in value.operands[1:]):
            return _Answer.AWARE
        return _Answer.AWARE if first in (_Answer.TRUE, _Answer.AWARE) else _Answer.UNKNOWN

    def _called(self, call: Call, frame: Frame, depth: int) -> _Answer:
        if last_name(call.function) == "is_running" and isinstance(call.function, Attribute):
            return _Answer.TRUE
        given = is_coroutine_function(call, frame, self.evaluator)
        if given is not None:
            return _Answer.TRUE if given else _Answer.FALSE
        names = self.evaluator.names(call, frame)
        if not _LOOPS.isdisjoint(names):
            return _Answer.TRUE
        if not _THREADS.isdisjoint(names):
            return _Answer.AWARE
        for origin in self.evaluator.origins(call.function, frame):
            if isinstance(origin, FunctionObject) and not origin.function.is_async and asks(origin.function):
                return self._returned(origin.frame, depth + 1)
        return _Answer.UNKNOWN

    def _returned(self, frame: Frame, depth: int) -> _Answer:
        """Return what a helper that asks for the loop gives back while one runs."""
        answers = {
            self._answer(leave.value, frame, depth)
            for leave in frame.function.leaves
            if leave.kind == "return" and self.executes(frame, leave.block, leave.line, depth)
        }
        if len(answers) == 1:
            answer = answers.pop()
            return answer if answer is not _Answer.UNKNOWN else _Answer.AWARE
        return _Answer.AWARE

    def _named(self, value: Name, frame: Frame, depth: int) -> _Answer:
        stored = [
            binding.assignment
            for binding in frame.function.bindings.get(value.id, ())
            if isinstance(binding, Stored) and binding.function == frame.function.index
        ]
        for assignment in reversed(stored):
            blocks = [block for _, block in around(frame.function, assignment.block)]
            if assignment.via != "=" or any(self._skips(block, frame, depth + 1) for block in blocks):
                continue
            answer = self._answer(assignment.value, frame, depth + 1)
            if answer is not _Answer.UNKNOWN or len(stored) == 1:
                return answer
            break
        if not _LOOPS.isdisjoint(self.evaluator.names(value, frame)):
            return _Answer.TRUE
        return _Answer.UNKNOWN


def _calls_in(function: Function, block: int) -> list[Call]:
    return [call for call in function.calls if inside(function, call.block, block)]


def _catches(block: Block) -> bool:
    """Say whether an ``except`` clause catches the RuntimeError of a missing or of a running loop."""
    if not block.values:
        return True
    types = block.values[0]
    parts = getattr(types, "values", None) if not isinstance(types, (Name, Attribute)) else (types,)
    return any(last_name(part) in _CAUGHT for part in parts or (types,))
