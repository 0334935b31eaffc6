"""What a written value is: constants, displays of constants, and environment look-ups with their defaults.

A value that is not written out is never guessed: it is :attr:`Unknown.ANYTHING`.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple, TypeAlias

from flake8_celery_async.semantics.catalog.environment import FIELDS, LOOKUPS, SETTINGS_CLASSES
from flake8_celery_async.source.blocks import around
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import (
    Attribute,
    Binding,
    Call,
    Choice,
    Collection,
    Constant,
    Function,
    Import,
    Mapping,
    Name,
    Opaque,
    Stored,
    Subscript,
    Value,
)
from flake8_celery_async.source.names import absolute, find
from flake8_celery_async.source.origins import (
    ClassObject,
    External,
    Frame,
    FunctionObject,
    Instance,
    Literal,
    Made,
    Origin,
    Package,
    Place,
)


class Unknown(Enum):
    """What a value is, as far as it can be told when it is not written out."""

    NUMBER = "a number"
    """Arithmetic on literals, such as ``30 * 60``: set, and not to None."""
    ANYTHING = "anything"


class Table(NamedTuple):
    """A dict that is written out; a key or a value that is not is :attr:`Unknown.ANYTHING`."""

    items: tuple[tuple[Data, Data], ...]

    def get(self, key: str) -> Data:
        """Return the value of a key, None when it is not there; it is unknown as soon as any key is."""
        found: Data = None
        for name, value in self.items:
            if name == key or isinstance(name, Unknown):
                found = value if name == key else Unknown.ANYTHING
        return found


Known: TypeAlias = "bool | int | float | str | None"
Data: TypeAlias = "Known | Unknown | Table | tuple[Data, ...]"


class Reading(NamedTuple):
    """A value and what may replace it."""

    value: Data
    variable: str = ""
    """The environment variable whose default the value is; empty for a value that always holds."""


class Entry(NamedTuple):
    """One item of a dict; a key of None is one that cannot be told."""

    key: str | None
    value: Value
    frame: Frame
    place: Place | None
    """Where it is stored, for an item that is stored after the dict is made."""
    certain: bool
    """Whether it is in the dict whenever the code around it runs."""
    variable: str = ""
    """The environment variable whose default it is, as for a field of pydantic's settings."""


_DEPTH = 8
_NOTHING = Opaque(())
_CONDITIONAL = frozenset({"if", "else", "except", "case", "for", "async for", "while", "loop else", "try else"})
_DICTS = frozenset({"builtins.dict", "types.SimpleNamespace", "collections.OrderedDict"})
_QUEUES = frozenset({"kombu.Queue", "kombu.entity.Queue"})
_CONVERSIONS = {"int": int, "float": float, "str": str}


def literal(value: Value, frame: Frame, evaluator: Evaluator) -> Known | Unknown:
    """Return the constant a value is, also through names that are bound once; see :class:`Unknown` for the rest."""
    found = read(value, frame, evaluator).value
    return Unknown.ANYTHING if isinstance(found, (Table, tuple)) else found


def read(value: Value, frame: Frame, evaluator: Evaluator, depth: int = 0) -> Reading:
    """Return what a value is; the parts of a list or a dict are read as well."""
    if isinstance(value, Constant):
        return Reading(value.value)
    if depth > _DEPTH:
        return Reading(Unknown.ANYTHING)
    if isinstance(value, Opaque):
        return Reading(Unknown.NUMBER if _is_arithmetic(value) else Unknown.ANYTHING)
    if isinstance(value, Choice):
        return _choice([read(part, frame, evaluator, depth + 1) for part in value.values])
    if isinstance(value, Call):
        converted = _converted(value, frame, evaluator, depth)
        if converted is not None:
            return converted
    written = _written(value, frame, evaluator)
    if written:
        readings = {read(part, home, evaluator, depth + 1) for part, home in written}
        return readings.pop() if len(readings) == 1 else Reading(Unknown.ANYTHING)
    origins = evaluator.origins(value, frame)
    if any(isinstance(origin, Literal) for origin in origins):  # beside it: the type that an annotation names
        origins = tuple([o for o in origins if not isinstance(o, (Made, Instance)) or o.call is not None])
    readings = {_of_origin(origin, value, frame, evaluator, depth) for origin in origins}
    if len(readings) != 1:
        return Reading(Unknown.ANYTHING)
    (reading,) = readings
    if isinstance(value, Attribute) and not reading.variable:
        return _field(value, reading, frame, evaluator)
    return reading


def entries(value: Value, frame: Frame, evaluator: Evaluator, depth: int = 0) -> Iterator[Entry]:
    """Yield what a dict holds: a display, ``dict(…)``, what a function returns, what is stored in it later.

    What cannot be told is one entry without a key.
    """
    unknown = Entry(None, _NOTHING, frame, None, True)
    if depth > _DEPTH:
        yield unknown
        return
    if isinstance(value, Opaque) and len(value.values) > 1:  # ``DEFAULTS | {…}``: the only operator that dicts have
        for part in value.values:
            yield from entries(part, frame, evaluator, depth + 1)
        return
    written = _written(value, frame, evaluator)
    if written:
        for part, home in written:
            for entry in entries(part, home, evaluator, depth + 1):
                yield entry._replace(certain=entry.certain and len(written) == 1)
        return
    origins = evaluator.origins(value, frame)
    if not origins:
        yield unknown
    for origin in origins:
        for entry in _entries_of(origin, evaluator, depth, unknown):
            yield entry._replace(certain=entry.certain and len(origins) == 1)


def is_certain(function: Function, block: int) -> bool:
    """Say whether a statement in this block runs whenever the function, or the module, runs to its end."""
    return not any(found.kind in _CONDITIONAL for _, found in around(function, block))


def _written(value: Value, frame: Frame, evaluator: Evaluator) -> list[tuple[Value, Frame]]:
    """Return the expressions that a name or a call stands for, where each is in sight: what is assigned, or returned.

    Origins leave out what has none, such as arithmetic; here every expression counts.
    """
    if isinstance(value, Call):
        callees = evaluator.origins(value.function, frame)
        callee = callees[0] if len(callees) == 1 else None
        if isinstance(callee, FunctionObject) and not (callee.function.is_async or callee.function.is_generator):
            bound = evaluator.bind(value, frame, callee.frame)
            return [(leave.value, bound) for leave in callee.function.leaves if leave.kind == "return"]
        return []
    module, bindings = frame.module, list[Binding]()
    if isinstance(value, Name):
        found = find(module, frame.function, value.id)
        bindings = found[1] if found is not None else []
        imported = bindings[0] if len(bindings) == 1 else None
        if isinstance(imported, Import) and imported.name is not None:
            home = evaluator.dotted(absolute(module, imported), module)
            if len(home) == 1 and isinstance(home[0], Package):
                module = home[0].module
                bindings = module.body.bindings.get(imported.name, [])
    elif isinstance(value, Attribute):
        owners = evaluator.origins(value.value, frame)
        if len(owners) == 1 and isinstance(owners[0], Package):
            module = owners[0].module
            bindings = module.body.bindings.get(value.name, [])
    stored = bindings[0] if len(bindings) == 1 else None
    if not isinstance(stored, Stored) or stored.assignment.via != "=":
        return []
    writer = module.functions[stored.function]
    if writer is frame.function:
        return [(stored.assignment.value, frame)]
    # What the names of another function are is known only to its frame.
    return [] if writer.kind in ("function", "lambda") else [(stored.assignment.value, evaluator.frame(module, writer))]


# -- single values -----------------------------------------------------------------------------------------------------


def _of_origin(origin: Origin, value: Value, frame: Frame, evaluator: Evaluator, depth: int) -> Reading:
    if isinstance(origin, Literal):
        display = origin.value
        if isinstance(display, Constant):
            return Reading(display.value)
        if isinstance(display, Collection) and not display.repeated:
            parts = [read(part, origin.frame, evaluator, depth + 1).value for part in display.values]
            return Reading(tuple(parts))
        if isinstance(display, Mapping):
            return Reading(_table(value, frame, evaluator, depth))
    elif isinstance(origin, Made) and origin.call is not None and origin.frame is not None:
        call = origin.call
        if origin.name in LOOKUPS:
            variable = literal(call.arguments[0], origin.frame, evaluator) if call.arguments else None
            default = call.argument(LOOKUPS[origin.name], "default")
            found = read(default, origin.frame, evaluator, depth + 1).value if default else Unknown.ANYTHING
            return Reading(found, variable if isinstance(variable, str) else "the environment")
        if origin.name in FIELDS:
            default = call.argument(FIELDS[origin.name], "default")
            return read(default, origin.frame, evaluator, depth + 1) if default else Reading(Unknown.ANYTHING)
        if origin.name in _QUEUES:
            name = call.argument(0, "name")
            return read(name, origin.frame, evaluator, depth + 1) if name else Reading(Unknown.ANYTHING)
        if origin.name in _DICTS:
            return Reading(_table(value, frame, evaluator, depth))
    return Reading(Unknown.ANYTHING)


def _table(value: Value, frame: Frame, evaluator: Evaluator, depth: int) -> Table:
    items: list[tuple[Data, Data]] = []
    for entry in entries(value, frame, evaluator, depth + 1):
        key = Unknown.ANYTHING if entry.key is None else entry.key
        found = read(entry.value, entry.frame, evaluator, depth + 1).value if entry.certain else Unknown.ANYTHING
        items.append((key, found))
    return Table(tuple(items))


def _choice(parts: list[Reading]) -> Reading:
    """``os.environ.get("POOL") or "solo"`` is a look-up with a default; other alternatives are not known."""
    first, last = parts[0], parts[-1]
    if len(set(parts)) == 1:
        return first
    looked_up = all(part.variable and part.value in (Unknown.ANYTHING, None, "", last.value) for part in parts[:-1])
    return Reading(last.value, first.variable) if looked_up else Reading(Unknown.ANYTHING)


def _converted(call: Call, frame: Frame, evaluator: Evaluator, depth: int) -> Reading | None:
    """``int(os.environ.get("SLOTS", "4"))``; None for other calls."""
    name = call.function.id if isinstance(call.function, Name) else ""
    if name not in _CONVERSIONS or len(call.arguments) != 1 or find(frame.module, frame.function, name) is not None:
        return None
    inner = read(call.arguments[0], frame, evaluator, depth + 1)
    if inner.value is None or isinstance(inner.value, (Unknown, Table, tuple)):
        return Reading(Unknown.ANYTHING, inner.variable)
    try:
        return Reading(_CONVERSIONS[name](inner.value), inner.variable)
    except (ValueError, OverflowError):
        return Reading(Unknown.ANYTHING, inner.variable)


def _field(value: Attribute, reading: Reading, frame: Frame, evaluator: Evaluator) -> Reading:
    """Name the variable behind a field of a settings object: ``settings.worker_pool``."""
    for owner in evaluator.origins(value.value, frame):
        cls = owner.cls if isinstance(owner, Instance) else owner
        if isinstance(cls, ClassObject) and reads_environment(cls, evaluator):
            if isinstance(owner, Instance) and owner.call is not None and owner.call.keywords:
                return Reading(Unknown.ANYTHING)  # ``Settings(worker_pool=…)``, ``Settings(_env_file=…)``
            return Reading(reading.value, value.name.upper())
    return reading


def reads_environment(cls: ClassObject, evaluator: Evaluator) -> bool:
    """Say whether the attributes of a class are only the defaults of environment variables."""
    lineage = evaluator.lineage(cls)
    return any(isinstance(c, External) and c.name.rpartition(".")[2] in SETTINGS_CLASSES for c in lineage)


def _is_arithmetic(value: Value) -> bool:
    """Say whether a value is worked out from numbers alone."""
    if isinstance(value, Opaque):
        return bool(value.values) and all(_is_arithmetic(part) for part in value.values)
    return isinstance(value, Constant) and isinstance(value.value, (int, float)) and not isinstance(value.value, bool)


# -- dicts -------------------------------------------------------------------------------------------------------------


def _entries_of(origin: Origin, evaluator: Evaluator, depth: int, unknown: Entry) -> Iterator[Entry]:
    if isinstance(origin, Literal) and isinstance(origin.value, Mapping):
        for key, part in origin.value.items:
            if key is None:
                yield from entries(part, origin.frame, evaluator, depth + 1)
            elif isinstance(key, Constant) and isinstance(key.value, str):
                yield Entry(key.value, part, origin.frame, None, True)
            else:
                name = literal(key, origin.frame, evaluator)
                yield Entry(name if isinstance(name, str) else None, part, origin.frame, None, True)
        yield from _stored(origin.value, origin.frame, evaluator, depth)
    elif isinstance(origin, Made) and origin.name in _DICTS and origin.call is not None and origin.frame is not None:
        for argument in origin.call.arguments:
            yield from entries(argument, origin.frame, evaluator, depth + 1)
        for word, part in origin.call.keywords:
            if word is None:
                yield from entries(part, origin.frame, evaluator, depth + 1)
            else:
                yield Entry(word, part, origin.frame, None, True)
        yield from _stored(origin.call, origin.frame, evaluator, depth)
    elif isinstance(origin, FunctionObject):  # add_defaults(lambda: {…})
        returned = [leave.value for leave in origin.function.leaves if leave.kind == "return"]
        for part in returned:
            for entry in entries(part, origin.frame, evaluator, depth + 1):
                yield entry._replace(certain=entry.certain and len(returned) == 1)
    else:
        yield unknown


def _stored(made: Value, frame: Frame, evaluator: Evaluator, depth: int) -> Iterator[Entry]:
    """Yield what is stored in a dict after it was made: ``options["worker_pool"] = …``, ``options.update(…)``."""
    module, function = frame.module, frame.function
    for assignment in function.assignments:
        name = assignment.target
        if assignment.value is not made or not isinstance(name, Name):
            continue
        for writer, store in evaluator.stores(module).items.get((name.id,), ()):
            if writer not in (function, module.body) or not isinstance(store.target, Subscript):
                continue
            key = store.target.key
            word = key.value if isinstance(key, Constant) and isinstance(key.value, str) else None
            place = Place(module.path, store.line, store.column)
            home = evaluator.frame(module, writer)
            yield Entry(word, store.value, home, place, is_certain(writer, store.block))
        for call in function.calls:
            if call.function != Attribute(name, "update"):
                continue
            place = Place(module.path, call.line, call.column)
            sure = is_certain(function, call.block)
            found = [e for a in call.arguments for e in entries(a, frame, evaluator, depth + 1)]
            for word, part in call.keywords:
                if word is None:
                    found += entries(part, frame, evaluator, depth + 1)
                else:
                    found.append(Entry(word, part, frame, None, True))
            for entry in found:
                yield entry._replace(place=place, certain=entry.certain and sure)
