"""Values that do nothing until the event loop takes them: coroutines, async generators, async context managers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from flake8_celery_async.semantics.catalog import coroutine_apis
from flake8_celery_async.source.certain import Certain
from flake8_celery_async.source.module import Collection, Compare, Constant, Function, Mapping, Value
from flake8_celery_async.source.origins import Coroutine, Frame, FunctionObject, Instance, Made, Managed, Origin, Place

COROUTINE = "coroutine"
GENERATOR = "async generator"
MANAGER = "async context manager"
FUTURE = "future"


class Lazy(NamedTuple):
    """What a value surely is, and what made it."""

    kind: str
    maker: str
    """As messages say it: ``'notify' (app/mail.py:8)``, ``AsyncEngine.dispose()``."""
    ours: bool
    """Whether a function or class of the project made it."""


def api_names(imported: Iterable[str]) -> frozenset[str]:
    """Return the last parts of the names of async APIs that are in reach of some imports, given by their full names."""
    names: set[str] = set()
    for name in imported:
        names |= coroutine_apis.BELOW.get(name, frozenset())
        while name:
            names |= coroutine_apis.LAST_NAMES.get(name, frozenset())
            name = name.rpartition(".")[0]
    return frozenset(names)


def lazy(value: Value, frame: Frame, certain: Certain) -> Lazy | None:
    """Return what awaits the event loop in a value; None when it may be anything else as well."""
    found = [_lazy(origin) for origin in certain.origins(value, frame)]
    first = found[0] if found else None
    if first is None or any(other is None or other.kind != first.kind for other in found):
        return None
    return first


def _lazy(origin: Origin) -> Lazy | None:
    if isinstance(origin, Coroutine):
        return Lazy(GENERATOR if origin.generator else COROUTINE, said(origin.frame), True)
    if isinstance(origin, Managed) and origin.frame.function.is_async:
        return Lazy(MANAGER, said(origin.frame), True)
    if isinstance(origin, Made) and origin.place is not None:
        name = coroutine_apis.COROUTINES.get(origin.name)
        if name is not None:
            return Lazy(COROUTINE, f"{name}()", False)
        name = coroutine_apis.ITERATORS.get(origin.name)
        if name is not None:
            return Lazy(GENERATOR, name, False)
        if origin.name in coroutine_apis.FUTURES:
            return Lazy(FUTURE, f"{origin.name}()", False)
    return None


def refuses_with(value: Value, frame: Frame, certain: Certain) -> str:
    """Return what a plain ``with`` cannot enter, or an empty string when it may be able to."""
    return _refusing(value, frame, certain, coroutine_apis.MANAGERS, ("__aenter__",), ("__enter__",), (MANAGER,))


def refuses_for(value: Value, frame: Frame, certain: Certain) -> str:
    """Return what a plain ``for`` cannot iterate, or an empty string when it may be able to."""
    return _refusing(
        value, frame, certain, coroutine_apis.ITERATORS, ("__aiter__",), ("__iter__", "__getitem__"), (GENERATOR,)
    )


def _refusing(
    value: Value,
    frame: Frame,
    certain: Certain,
    table: object,
    has: tuple[str, ...],
    lacks: tuple[str, ...],
    kinds: tuple[str, ...],
) -> str:
    found = ""
    for origin in certain.origins(value, frame):
        made = ""
        if isinstance(origin, Instance):
            if any(certain.method(origin, name) for name in has) and certain.lacks(origin, lacks):
                cls = origin.cls
                made = f"'{cls.cls.qualname}' ({Place(cls.module.path, cls.cls.line, cls.cls.column)})"
        elif isinstance(origin, Made):
            made = table.get(origin.name, "")  # type: ignore[attr-defined]
        else:
            kind = _lazy(origin)
            made = f"{kind.maker}" if kind is not None and kind.kind in kinds else ""
        if not made:
            return ""
        found = found or made
    return found


def said(frame: Frame) -> str:
    """Return a function of the project as messages name it."""
    function = frame.function
    return f"'{function.qualname}' ({Place(frame.module.path, function.line, function.column)})"


def uncalled(value: Value, frame: Frame, certain: Certain) -> str:
    """Return the function a value surely is, or an empty string."""
    origins = certain.origins(value, frame)
    functions = [o for o in origins if isinstance(o, FunctionObject) and certain.is_bare(o)]
    return said(functions[0].frame) if functions and len(functions) == len(origins) else ""


def plain_result(function: Value, frame: Frame, certain: Certain) -> str:
    """Return the sync function whose call surely gives a plain value (never an awaitable), or an empty string."""
    origins = certain.origins(function, frame)
    for origin in origins:
        if not isinstance(origin, FunctionObject) or not certain.is_bare(origin) or not _is_plain(origin.function):
            return ""
    first = origins[0] if origins else None
    return said(first.frame) if isinstance(first, FunctionObject) else ""


def _is_plain(function: Function) -> bool:
    """Say whether a function returns literals only; what a subclass may replace and what only raises is left alone."""
    if function.kind != "function" or function.is_async or function.cls >= 0 or function.is_generator:
        return False
    if any(leave.kind == "raise" and leave.block == 0 for leave in function.leaves):
        return False
    return all(
        isinstance(leave.value, (Constant, Collection, Mapping, Compare))
        for leave in function.leaves
        if leave.kind == "return"
    )
