"""Which calls block the event loop when a coroutine makes them: the catalogue's rows found in one call."""

from __future__ import annotations

from collections.abc import Iterable

from flake8_celery_async.options import Options
from flake8_celery_async.semantics.catalog.blocking import (
    ANY,
    BY_CONSTRUCTOR,
    BY_NAME,
    FILE_NAMES,
    FILE_OBJECTS,
    BlockingObject,
)
from flake8_celery_async.semantics.running import asks
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import (
    ITERATED,
    Attribute,
    Block,
    Call,
    Compare,
    Constant,
    Function,
    Module,
    Name,
    Value,
    of_facts,
)
from flake8_celery_async.source.names import dotted, imported_packages, last_name
from flake8_celery_async.source.origins import Frame, FunctionObject, name_of

_FINISHES = frozenset({"wrap_future", "wait", "gather", "wait_for", "shield"})
"""Awaited calls after which the futures given to them are done."""
_QUESTIONS = frozenset({"done", "empty"})
"""Methods by which code asks whether it would have to wait."""
_CONNECTS = frozenset({"smtplib", "ftplib", "imaplib", "poplib", "telnetlib"})
"""Libraries whose constructors connect when a host is given."""
_WAITS = frozenset({"result", "exception", "join", "shutdown"})
"""Methods that wait for another thread."""
_SENDS = frozenset({"all", "count", "delete", "first", "get", "one", "one_or_none", "scalar", "update"})
"""Methods of a SQLAlchemy query that send it."""
_QUICK_FILES = FILE_NAMES - {f"shutil.{name}" for name in ("copytree", "make_archive", "rmtree", "unpack_archive")}
"""Calls for one file: a helper that reads a small one (a prompt, a template) is too common to be a finding."""
_PATIENCE = {"get": 1, "wait": 0, "join": 0, "result": 0, "exception": 0, "acquire": 1}
"""Methods that take a time-out: its position."""


_WAIT_BY_ITERATING = {"map": "submit().result", "find": "find_one"}
"""Methods that give something lazy, with one that waits on the same object as the iteration does."""
_CONSUMERS = frozenset({"all", "any", "dict", "frozenset", "list", "max", "min", "set", "sorted", "sum", "tuple"})
"""Builtins that go through what they are given."""


def is_consumed(call: Call, function: Function) -> bool:
    """Say whether what a call gives is gone through at once: ``list(call())``, ``for x in call()``."""
    return call.use == ITERATED or id(call) in _consumed(function)


@of_facts
def _consumed(function: Function) -> frozenset[int]:
    return frozenset(
        id(call.arguments[0])
        for call in function.calls
        if call.arguments and isinstance(call.function, Name) and call.function.id in _CONSUMERS
    )


def runs_once(function: Function, block: int, line: int) -> bool:
    """Say whether a statement stands behind ``if self._it is not None: return self._it``: only a start waits."""
    return block == 0 and any(
        leave.kind == "return" and leave.line < line and _is_kept(leave.value, function.blocks[leave.block], function)
        for leave in function.leaves
    )


def _is_kept(value: Value, block: Block, function: Function) -> bool:
    """Say whether a value that lasts is returned where a test of its block found that it is there."""
    if block.kind != "if" or block.parent != 0 or len(block.values) != 1:
        return False
    is_own = isinstance(value, Attribute) and isinstance(value.value, Name) and value.value.id in ("self", "cls")
    if not is_own and not (isinstance(value, Name) and value.id in function.outer):
        return False
    test = block.values[0]
    if isinstance(test, Compare) and test.operator == "IsNot" and test.operands[1:] == (Constant(None),):
        test = test.operands[0]
    return test == value


class BlockingCalls:
    """The blocking calls of one project's modules; libraries that no module imports are left out."""

    def __init__(self, modules: Iterable[Module], evaluator: Evaluator, options: Options) -> None:
        self._evaluator = evaluator
        self._options = options.blocking_calls
        self._modules = list(modules)
        self._quiet_sockets: dict[Module, bool] = {}
        roots = _roots(self._modules) | {"builtins"}
        objects = [row for row in BY_CONSTRUCTOR.values() if row.constructor.partition(".")[0] in roots]
        self.any_method = any(ANY in row.methods for row in objects)
        """Whether a call of any method may be one."""
        self.last_names: frozenset[str] = frozenset(
            {
                *[name.rpartition(".")[2] for name in BY_NAME if name.partition(".")[0] in roots],
                *[name.rpartition(".")[2] for name in self._options],
                *[method for row in objects for method in row.methods if method != ANY],
                *(_SENDS if roots & {"sqlalchemy", "sqlmodel"} else ()),
                *(_WAIT_BY_ITERATING if roots & {"concurrent", "pymongo"} else ()),
            }
        )
        """Last parts of the names of all of them, but for :attr:`any_method`."""

    def find(self, call: Call, frame: Frame) -> str:
        """Return a blocking call as a reader would say it, such as ``time.sleep()``; empty for any other call."""
        origins = self._evaluator.origins(call.function, frame)
        if any(_is_async_twin(name_of(origin)) for origin in origins):
            return ""
        for origin in origins:
            if isinstance(origin, FunctionObject):
                own = f"{origin.module.name}.{origin.function.qualname}"
                if own in self._options:
                    return f"{own}()"
                continue
            name = name_of(origin)
            if not name:
                continue
            if name.replace("()", "") in self._options:
                return f"{name}()"
            if name in BY_NAME:
                return "" if _is_instant(name, call, frame) else f"{name.removeprefix('builtins.')}()"
            row = _query_of(name, call) or _object_of(name)
            if row is None and is_consumed(call, frame.function):
                row = _awaited_by_iterating(name)
            if row is not None and not self._is_harmless(row, name, call, frame):
                return f"{name}()"
        return ""

    def _is_harmless(self, row: BlockingObject, name: str, call: Call, frame: Frame) -> bool:
        """Say whether a method that waits as a rule does not wait here."""
        if row in FILE_OBJECTS and not frame.function.is_async:
            return True
        method = name.rpartition(".")[2]
        if method in _PATIENCE and _gives_up(call, method):
            return True
        if method == "shutdown" and call.argument(0, "wait") == Constant(False):
            return True
        if method in _WAITS and not frame.function.is_async and asks(frame.function):
            # A helper for both worlds: it has found a running loop, and waits for the thread it took on purpose.
            return True
        if method in ("result", "exception", "get") and is_done(call, frame):
            return True
        if method in ("result", "join") and _waited_for(call, method, row, frame):
            return True
        return row.constructor == "socket.socket" and self._has_quiet_sockets(frame.module)

    def _has_quiet_sockets(self, module: Module) -> bool:
        """Say whether a module makes sockets that never wait."""
        known = self._quiet_sockets.get(module)
        if known is None:
            known = self._quiet_sockets[module] = any(
                last_name(call.function) in ("setblocking", "settimeout")
                and call.arguments[:1] in ((Constant(False),), (Constant(0),))
                for function in module.functions
                for call in function.calls
            )
        return known


def is_done(call: Call, frame: Frame) -> bool:
    """Say whether a future is known to be done where its ``result()`` is taken."""
    if not isinstance(call.function, Attribute):
        return False
    future = dotted(call.function.value)
    if future is None:
        return False
    function = frame.function
    asked = {(*future, question) for question in _QUESTIONS}
    for earlier in function.calls:
        if earlier.line > call.line:
            continue
        if earlier.use == "awaited" and last_name(earlier.function) in _FINISHES and future in _dotted(earlier):
            return True
        if last_name(earlier.function) in _QUESTIONS and dotted(earlier.function) in asked:
            return True
    return False


def _dotted(call: Call) -> set[tuple[str, ...] | None]:
    return {dotted(value) for value in call.arguments}


def _waited_for(call: Call, method: str, row: BlockingObject, frame: Frame) -> bool:
    """Say whether a coroutine awaits something that the other thread sets, between its start and the wait for it.

    ``thread.start(); await finished; thread.join()``, or ``Future()``, which the code itself completes.
    """
    if not frame.function.is_async or not isinstance(call.function, Attribute):
        return False
    if method == "result" and row.constructor != "concurrent.futures.Future":
        return False
    start = (*(dotted(call.function.value) or ()), "start")
    started = [earlier.line for earlier in frame.function.calls if dotted(earlier.function) == start]
    if method == "join" and not started:
        return False
    lines = [c.line for c in frame.function.calls if c.use == "awaited"] + [read.line for read in frame.function.awaits]
    return any(min(started, default=0) <= line < call.line for line in lines)


def _is_async_twin(name: str) -> bool:
    """Say whether a dotted name is of a library's async half, so that a value that may be either cannot be judged."""
    return "Async" in name or ".asyncio." in name or ".aio." in name


def _object_of(name: str) -> BlockingObject | None:
    """Return the row of the object a dotted method name belongs to, if the method waits."""
    owner, _, method = name.rpartition(".")
    for end in ("()", "()()"):
        row = BY_CONSTRUCTOR.get(owner.removesuffix(end)) if owner.endswith(end) else None
        if row is not None and row.factory == (end == "()()") and _waits(row, method):
            return row
    constructor, called, rest = name.partition("().")
    if called and "()" not in rest:
        row = BY_CONSTRUCTOR.get(constructor)
        if row is not None and row.deep and _waits(row, method):
            return row
    return None


def _query_of(name: str, call: Call) -> BlockingObject | None:
    """Return the row of the session whose query a method sends; a query that is only built sends nothing."""
    session, built, chain = name.partition(".query()")
    *before, method = chain.removeprefix(".").split("().")
    if any("." in part or part in _SENDS for part in (*before, method)[:-1]) or "." in method:
        return None  # ``query(Order).first().options.get("gift")``: of a row, not of the query
    if built and (method in _SENDS or (call.use == ITERATED and method != "query")):
        return _object_of(f"{session}.execute")
    return None


def _awaited_by_iterating(name: str) -> BlockingObject | None:
    """Return the row of the object whose lazy result waits when it is gone through: a pool's ``map``, a cursor."""
    owner, _, method = name.rpartition(".")
    waiting = _WAIT_BY_ITERATING.get(method)
    return _object_of(f"{owner}.{waiting}") if waiting is not None else None


def _waits(row: BlockingObject, method: str) -> bool:
    return method in row.methods or (ANY in row.methods and method not in row.local)


def _is_instant(name: str, call: Call, frame: Frame) -> bool:
    """Say whether a call of a blocking function returns at once."""
    if name in _QUICK_FILES:
        return not frame.function.is_async
    if name in ("time.sleep", "select.select"):
        return call.argument(0 if name == "time.sleep" else 3, "seconds") == Constant(0)
    if name == "socket.getaddrinfo":
        return any("NUMERIC" in last_name(value) for _, value in call.keywords) or any(
            "NUMERIC" in last_name(value) for value in call.arguments
        )
    return name.partition(".")[0] in _CONNECTS and not call.arguments and call.keyword("host") is None


def _gives_up(call: Call, method: str) -> bool:
    """Say whether a wait has a time-out of zero, or asks not to wait."""
    if call.argument(_PATIENCE[method], "timeout") == Constant(0):
        return True
    return method in ("get", "acquire") and Constant(False) in (
        call.argument(0, "block"), call.argument(0, "blocking")
    )  # fmt: skip


def _roots(modules: Iterable[Module]) -> set[str]:
    """Return the top-level packages that the modules import."""
    return {name for module in modules for name in imported_packages(module)}


__all__ = ["BlockingCalls", "is_consumed", "is_done", "runs_once"]
