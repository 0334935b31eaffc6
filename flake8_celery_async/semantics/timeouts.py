"""Network calls that wait for ever: no time-out is passed and the library has none, or its own is switched off."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from flake8_celery_async.semantics.catalog import timeouts as catalog
from flake8_celery_async.semantics.catalog.bridges import HANDOVERS, METHOD_HANDOVERS
from flake8_celery_async.source.blocks import around
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import (
    Attribute,
    Call,
    Constant,
    Definition,
    Function,
    Import,
    Module,
    Name,
    Parameter,
    Starred,
    Stored,
    Subscript,
    Value,
    of_facts,
)
from flake8_celery_async.source.names import find, last_name
from flake8_celery_async.source.origins import ClassObject, Frame, Instance, Literal, Made, Method, Origin, name_of

_MAKERS = frozenset({"connect", "Connect", "create_connection", "from_url"})
"""Functions that give an object to work with later, as classes do."""
_TIMEOUTS = frozenset({"aiohttp.ClientTimeout", "httpx.Timeout"})
"""Values for a ``timeout`` argument."""
_SESSIONS = frozenset({"aiohttp.ClientSession"})
"""Classes that keep their default when they are given None, but not when they are given a value without a time-out."""
_IN_THE_STRING = ("psycopg2.", "MySQLdb.", "valkey.", "redis.")
"""Libraries whose connection string may set the time-out."""
_PATCHED = frozenset({"request", "send", "get", "post"})
"""Methods of a session that a program replaces to set the time-out: ``session.request = partial(…)``."""
_OF_ONE_KEY = frozenset({"get", "pop", "setdefault"})
"""Methods of a dict that are about one key."""
_LIMITS = frozenset({"wait_for", "timeout", "timeout_at", "fail_after", "fail_at", "move_on_after", "move_on_at"})
"""Functions of asyncio, anyio, trio and async_timeout that cut a coroutine off."""
_METHODS = {method for row in catalog.METHOD_ROWS for method in row.methods}
_LAST = frozenset(
    {name.rpartition(".")[2] for name in (*catalog.BY_NAME, *catalog.EXPLICIT_NONE_BY_NAME, *_SESSIONS)}
    | _METHODS
    | catalog.RAW_SOCKET_WAITS
)
_HANDING = frozenset({name.rpartition(".")[2] for name in HANDOVERS} | set(METHOD_HANDOVERS))


class NoEnd(NamedTuple):
    """A call without a time-out."""

    name: str
    """As a reader would say it: ``requests.get()``."""
    switched_off: bool
    """Whether a default was switched off; else there is none."""


class Timeouts:
    """The network calls of a set of modules."""

    def __init__(self, modules: Iterable[Module], evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._modules = list(modules)
        self._sockets_have_one: bool | None = None
        self._mends: dict[Module, bool] = {}
        self._limits: dict[Module, bool] = {}
        self._aliases: dict[Module, frozenset[str]] = {}

    def calls(self, module: Module, function: Function) -> list[Call]:
        """Return the calls of a function that are worth a look, by their last name."""
        aliases = self._aliases.get(module)
        if aliases is None:
            aliases = self._aliases[module] = frozenset(
                bound
                for scope in module.functions
                for bound, bindings in scope.bindings.items()
                for binding in bindings
                if isinstance(binding, Import) and binding.name in _LAST
            )
        return [
            call
            for call in function.calls
            if (last := last_name(call.function)) in _LAST
            or last in aliases
            or last in self._variables
            or last in _held(module)
            or last in _HANDING
        ]

    @cached_property
    def _variables(self) -> frozenset[str]:
        """The variables, attributes and parameters that hold a function worth a look, or a partial of one."""
        return frozenset().union(*map(_held, self._modules))

    def judge(self, call: Call, frame: Frame) -> NoEnd | None:
        """Say what waits for ever in a call, or nothing."""
        if any(isinstance(a, Starred) for a in call.arguments) or any(key is None for key, _ in call.keywords):
            return None
        if last_name(call.function) in _HANDING:
            handed = self._handed(call, frame)
            if handed is not None:
                call = handed
        opened = self._opened(call, frame)
        if opened is None or self._is_limited(call, frame):
            return None
        call = opened
        for callee in self._evaluator.origins(call.function, frame):
            found = self._judge_one(callee, call, frame)
            if found is not None:
                return found
        return None

    def judge_kept(self, call: Call, frame: Frame) -> NoEnd | None:
        """The same for a call that makes an object to be used later."""
        last = last_name(call.function)
        return self.judge(call, frame) if last[:1].isupper() or last in _MAKERS else None

    def _judge_one(self, callee: Origin, call: Call, frame: Frame) -> NoEnd | None:
        name = name_of(callee)
        row = catalog.BY_NAME.get(name)
        if row is not None:
            if row.default == catalog.SOCKET_DEFAULT and self._have_default():
                return None
            if name.startswith(_IN_THE_STRING) and not _spelled_out(call, row.keyword):
                return None
            given = _argument(call, row.position, row.keyword)
            if given is None:
                return NoEnd(_said(name), False)
            return NoEnd(_said(name), True) if self._is_none(given, frame) else None
        off = catalog.EXPLICIT_NONE_BY_NAME.get(name)
        if off is not None and name not in _TIMEOUTS:
            if name.startswith(_IN_THE_STRING) and not _spelled_out(call, off.keyword):
                return None
            given = _argument(call, off.position, off.keyword)
            return NoEnd(_said(name), True) if given is not None and self._is_none(given, frame) else None
        if name in _SESSIONS:
            given = call.keyword("timeout")
            if given is not None and not isinstance(given, Constant) and self._is_none(given, frame):
                return NoEnd(_said(name), True)
            return None
        if isinstance(callee, Method) and isinstance(callee.receiver, Made):
            return self._method(callee.receiver, callee.name, name, call, frame)
        return None

    def _method(self, made: Made, method: str, name: str, call: Call, frame: Frame) -> NoEnd | None:
        if made.place is None or made.frame is None:
            return None  # known only by an annotation: it may be a subclass
        if made.name == catalog.RAW_SOCKET:
            return self._socket(made, method, name, frame)
        row = catalog.BY_CONSTRUCTOR.get(made.name)
        if row is None or method not in row.methods:
            return None
        requests = row.constructor.startswith("requests")
        if not requests and self._have_default():
            return None
        if self._is_mended(made.frame.module) or self._is_mended(frame.module) or self._overrides(call, frame):
            return None
        if made.call is not None and row.at_construction:
            at_start = made.call.keyword(row.at_construction)
            if any(key is None for key, _ in made.call.keywords):
                return None
            if at_start is not None and not self._is_none(at_start, made.frame):
                return None
        given = _argument(call, row.methods[method], row.keyword)
        if given is None:
            return NoEnd(_said(name), False)
        return NoEnd(_said(name), True) if self._is_none(given, frame) else None

    def _socket(self, made: Made, method: str, name: str, frame: Frame) -> NoEnd | None:
        if method not in catalog.RAW_SOCKET_WAITS or self._have_default():
            return None
        for module in {frame.module: None, made.frame.module if made.frame is not None else frame.module: None}:
            for function in module.functions:
                if any(last_name(call.function) in catalog.RAW_SOCKET_SETTERS for call in function.calls):
                    return None
        return NoEnd(_said(name), False)

    def _is_none(self, value: Value, frame: Frame) -> bool:
        """Say whether a time-out given is none at all."""
        if isinstance(value, Constant):
            return value.value is None
        origins = self._evaluator.origins(value, frame)
        return bool(origins) and all(self._is_no_end(origin) for origin in origins)

    def _is_no_end(self, origin: Origin) -> bool:
        if isinstance(origin, Literal):
            return origin.value == Constant(None)
        if (
            isinstance(origin, Made)
            and origin.name in _TIMEOUTS
            and origin.call is not None
            and origin.frame is not None
        ):
            row, call = catalog.EXPLICIT_NONE_BY_NAME[origin.name], origin.call
            given = _argument(call, row.position, row.keyword)
            others = [value for key, value in call.keywords if key is None or key in row.unless]
            if given is None or not self._is_none(given, origin.frame):
                return False
            return all(isinstance(value, Constant) and value.value is None for value in others)
        return False

    def _handed(self, call: Call, frame: Frame) -> Call | None:
        """Return the call that ``to_thread(requests.get, url)`` has a thread make."""
        for callee in self._evaluator.origins(call.function, frame):
            name = name_of(callee)
            row = HANDOVERS.get(name)
            position = row.function if row is not None else METHOD_HANDOVERS.get(last_name(call.function), -1)
            if (row is not None and row.returns_callable) or not 0 <= position < len(call.arguments):
                continue
            target = call.arguments[position]
            if isinstance(target, (Name, Attribute)):
                return call._replace(function=target, arguments=call.arguments[position + 1 :])
        return None

    def _is_limited(self, call: Call, frame: Frame) -> bool:
        """Say whether something around gives up: ``with gevent.Timeout(5)``, ``asyncio.timeout``, ``wait_for``."""
        function = frame.function
        for _, block in around(function, call.block):
            if block.kind in ("with", "async with") and any(_limits(value) for value in block.values):
                return True
        # A coroutine is cut off wherever one awaits it with a limit.
        return function.is_async and self._has_limits(frame.module)

    def _has_limits(self, module: Module) -> bool:
        """Say whether anything in a module cuts a coroutine off."""
        if module not in self._limits:
            self._limits[module] = any(
                last_name(call.function) in _LIMITS for scope in module.functions for call in scope.calls
            )
        return self._limits[module]

    def _opened(self, call: Call, frame: Frame) -> Call | None:
        """Return a call with what a ``functools.partial(…)`` that it calls passes; None where that may be a time-out.

        What a parameter stands for may be a partial that is out of sight.
        """
        partials: list[Value] = []
        function = call.function
        if isinstance(function, Name):
            found = find(frame.module, frame.function, function.id)
            bindings = found[1] if found is not None else []
            if any(isinstance(binding, Parameter) for binding in bindings):
                return None
            partials = [binding.assignment.value for binding in bindings if isinstance(binding, Stored)]
        elif isinstance(function, Attribute):
            stores = self._evaluator.stores(frame.module)
            kept = [
                store
                for stored in (stores.attributes, stores.named)
                for (_, name), found_stores in stored.items()
                if name == function.name
                for store in found_stores
            ]
            parameters = [Name(parameter.name) for store in kept for parameter in store.function.parameters]
            partials = [store.assignment.value for store in kept]
            if any(value in parameters for value in partials):
                return None
        partials = [partial for partial in partials if last_name(partial) == "partial"]
        if len(partials) > 1 or not all(_is_plain_partial(partial) for partial in partials):
            return None
        for partial in partials:
            if isinstance(partial, Call):
                given, named = partial.arguments[1:], partial.keywords
                call = call._replace(arguments=(*given, *call.arguments), keywords=(*call.keywords, *named))
        return call

    def _overrides(self, call: Call, frame: Frame) -> bool:
        """Say whether the session is of a project class that may set the time-out."""
        if not isinstance(call.function, Attribute):
            return False
        for origin in self._evaluator.origins(call.function.value, frame):
            if isinstance(origin, Instance):
                for owner in self._evaluator.lineage(origin.cls):
                    if isinstance(owner, ClassObject) and self._is_adapter(owner):
                        return True
        return False

    def _is_adapter(self, cls: ClassObject) -> bool:
        body = cls.module.functions[cls.cls.body]
        overrides = [binding for name in ("request", "send") for binding in body.bindings.get(name, ())]
        return self._is_mended(cls.module) or not all(
            isinstance(binding, Definition)
            and binding.function >= 0
            and _passes_on(cls.module.functions[binding.function])
            for binding in overrides
        )

    def _is_mended(self, module: Module) -> bool:
        """Say whether a module gives its sessions a time-out: by an adapter of its own, or by replacing a method."""
        known = self._mends.get(module)
        if known is None:
            known = self._mends[module] = any(self._mends_session(module, function) for function in module.functions)
        return known

    def _mends_session(self, module: Module, function: Function) -> bool:
        for assignment in function.assignments:
            if isinstance(assignment.target, Attribute) and assignment.target.name in _PATCHED:
                return True
        for call in function.calls:
            if last_name(call.function) != "mount" or not isinstance(call.function, Attribute):
                continue
            adapter = call.argument(1, "adapter")
            frame = self._evaluator.frame(module, function)
            names = self._evaluator.names(adapter, frame) if adapter is not None else ()
            if not names or any(name != "requests.adapters.HTTPAdapter()" for name in names):
                return True
        # A session handed to a function that is not in sight may get an adapter there.
        return False

    def _have_default(self) -> bool:
        """Say whether the program calls ``socket.setdefaulttimeout``; requests does not ask for that default."""
        if self._sockets_have_one is None:
            self._sockets_have_one = any(
                last_name(call.function) == "setdefaulttimeout" and call.arguments[:1] != (Constant(None),)
                for module in self._modules
                for function in module.functions
                for call in function.calls
            )
        return self._sockets_have_one


@of_facts
def _held(module: Module) -> frozenset[str]:
    """Return the variables, attributes and parameters of a module that hold a function worth a look, or a partial."""
    held = [(p.name, p.default) for scope in module.functions for p in scope.parameters if p.default is not None]
    held += [(last_name(stored.target), stored.value) for scope in module.functions for stored in scope.assignments]
    return frozenset([name for name, value in held if _function_of(value) in _LAST])


def _function_of(value: Value) -> str:
    """Return the last name of a function that is written as a value, also as the one of a partial."""
    if isinstance(value, Call):
        return last_name(value.arguments[0]) if last_name(value.function) == "partial" and value.arguments else ""
    return last_name(value) if isinstance(value, (Name, Attribute)) else ""


def _is_plain_partial(partial: Value) -> bool:
    """Say whether all that a partial passes is in sight, and nothing in it is a time-out."""
    return (
        isinstance(partial, Call)
        and not any(isinstance(argument, Starred) for argument in partial.arguments)
        and not any(key is None or ("timeout" in key and value != Constant(None)) for key, value in partial.keywords)
    )


def _passes_on(method: Function) -> bool:
    """Say whether the ``request`` of a session gives the one of its base what it is given, and sets no time-out."""
    rest = {parameter.name for parameter in method.parameters if parameter.kind == "**"}
    if any("timeout" in parameter.name for parameter in method.parameters):
        return False
    if any(len(method.bindings[name]) > 1 for name in rest):
        return False
    if not any(_is_of_base(call) for call in method.calls):
        return False
    items = [assignment.target for assignment in method.assignments if isinstance(assignment.target, Subscript)]
    stored = [item.key for item in items if last_name(item.value) in rest]
    return all(map(_is_other_key, stored)) and all(_leaves_alone(call, rest) for call in method.calls)


def _is_of_base(call: Call) -> bool:
    return isinstance(call.function, Attribute) and last_name(call.function.value) == "super"


def _leaves_alone(call: Call, rest: set[str]) -> bool:
    """Say whether a call gives no time-out and does not change the keyword arguments whose name is in ``rest``."""
    if any(key is not None and "timeout" in key for key, _ in call.keywords):
        return False
    function = call.function
    if isinstance(function, Attribute) and last_name(function.value) in rest:
        return function.name in _OF_ONE_KEY and bool(call.arguments) and _is_other_key(call.arguments[0])
    opened = [value for key, value in call.keywords if key is None]
    if any(not (isinstance(value, Name) and value.id in rest and _is_of_base(call)) for value in opened):
        return False
    return not any(last_name(value) in rest for value in (*call.arguments, *[v for key, v in call.keywords if key]))


def _is_other_key(key: Value) -> bool:
    return isinstance(key, Constant) and key.value != "timeout"


def _limits(value: Value) -> bool:
    name = last_name(value)
    return name in _LIMITS or "timeout" in name.lower()


def _argument(call: Call, position: int | None, keyword: str) -> Value | None:
    if position is None:
        return call.keyword(keyword)
    return call.argument(position, keyword)


def _spelled_out(call: Call, keyword: str) -> bool:
    """Say whether no connection string that is out of sight, or that names the time-out, is passed."""
    strings = [
        *call.arguments[:1],
        *[value for key, value in call.keywords if key in ("dsn", "url", "read_default_file")],
    ]
    for value in strings:
        if not isinstance(value, Constant) or keyword in str(value.value) or "timeout" in str(value.value):
            return False
    return True


def _said(name: str) -> str:
    return f"{name.replace('()', '')}()"
