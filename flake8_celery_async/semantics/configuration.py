"""The Celery settings a module makes, in every style Celery reads, each with its value and its place.

A value that is not written out is never guessed: ``os.environ.get("POOL", "solo")`` is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from flake8_celery_async.semantics.catalog import celery_names
from flake8_celery_async.semantics.catalog.settings import modern
from flake8_celery_async.semantics.tasks import imports_celery
from flake8_celery_async.source.blocks import around
from flake8_celery_async.source.evaluate import Evaluator, name_of
from flake8_celery_async.source.module import (
    Assignment,
    Attribute,
    Call,
    Constant,
    Function,
    Import,
    Mapping,
    Module,
    Name,
    Opaque,
    Stored,
    Subscript,
    Value,
)
from flake8_celery_async.source.names import dotted, find
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
    """What a setting is set to, as far as it can be told when it is not a constant."""

    NUMBER = "a number"
    """Arithmetic on literals, such as ``30 * 60``: set, and not to None."""
    ANYTHING = "anything"


Known = bool | int | float | str | None

DEFAULTS, OBJECT, CHANGES = range(3)
"""How strong a setting is, weakest first: ``add_defaults``; ``config_from_object``; the constructor and ``app.conf``
(celery/app/utils.py, ``detect_settings``). Of two of the same strength the later one holds."""

_CONF = frozenset(
    [f"{app}().conf" for app in celery_names.APP_CLASSES]
    + [f"{getter}{call}.conf" for getter in celery_names.APP_GETTERS for call in ("", "()")]
)
_APP_NAMES = frozenset({"app", "application", "worker", "worker_app", "task_app"})
"""What an app is called in a module that is not in sight."""
_FAMILIES = ("worker_", "task_", "broker_", "result_", "beat_", "celery")
"""How the names of settings begin that are given to an app's constructor."""
_METHODS = frozenset({"update", "add_defaults", "config_from_object"})
_CONDITIONAL = frozenset({"if", "else", "except", "case", "for", "async for", "while", "loop else", "try else"})
_READS_ENVIRONMENT = frozenset({"BaseSettings"})
"""Last part of the base classes whose class attributes are only defaults of environment variables (pydantic)."""
_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, as one line of a module makes it."""

    name: str
    """Lower-case name of Celery 4 and later, such as ``worker_pool``."""
    value: Known | Unknown
    place: Place
    written: str
    """The name as it is spelled there: ``worker_pool``, ``CELERYD_POOL``, ``CELERY_WORKER_POOL``."""
    strength: int
    certain: bool
    """Whether the line runs whenever the module is imported or the function around it is called."""
    app: Place | None
    """Where the app is made; None when that is not in sight."""


def find_settings(module: Module, evaluator: Evaluator) -> Iterator[Setting]:
    """Yield the settings that a module makes, in the order of its scopes; a later one of the same strength holds."""
    if not _names_celery(module):
        return
    for scope in module.functions:
        frame = evaluator.frame(module, scope)
        for call in scope.calls:
            function = call.function
            if isinstance(function, Attribute) and function.name in _METHODS:
                yield from _changed(call, function, frame, evaluator)
            elif any(_is_setting(key) for key, _ in call.keywords) and _looks_like_class(function):
                yield from _constructed(call, frame, evaluator)
        for assignment in scope.assignments:
            yield from _assigned(assignment, frame, evaluator)


def effective(settings: Iterable[Setting], name: str) -> list[Setting]:
    """Return the setting of that name which holds, for each app it is made for."""
    found: dict[Place | None, Setting] = {}
    for setting in settings:
        if setting.name == name and (setting.app not in found or setting.strength >= found[setting.app].strength):
            found[setting.app] = setting
    return list(found.values())


def _names_celery(module: Module) -> bool:
    """Say whether any import of the module speaks of Celery; without one there is no app, and this is cheap to ask."""
    return any(
        isinstance(binding, Import) and "celery" in f"{binding.module}.{binding.name}".lower()
        for function in module.functions
        for bindings in function.bindings.values()
        for binding in bindings
    )


def _is_setting(key: str | None) -> bool:
    """Say whether a keyword of a constructor may be a setting of an app."""
    return key is None or key in ("changes", "config_source") or key.lower().startswith(_FAMILIES)


# -- styles ------------------------------------------------------------------------------------------------------------


def _constructed(call: Call, frame: Frame, evaluator: Evaluator) -> Iterator[Setting]:
    """``Celery("shop", worker_pool="solo", changes={…}, config_source=…)``."""
    if not any(_is_app_class(origin, evaluator) for origin in evaluator.origins(call.function, frame)):
        return
    place = _at(frame, call)
    maker = _Maker(frame, place, CHANGES, _is_certain(frame.function, call.block), place, evaluator)
    for key, value in call.keywords:
        if key == "changes":
            yield from maker.mapping(value, frame)
        elif key == "config_source":
            yield from maker.of_strength(OBJECT).source(value, call.keyword("namespace"))
        elif key is None:
            yield from maker.mapping(value, frame)
        else:
            yield from maker.setting(key, value, frame)


def _changed(call: Call, function: Attribute, frame: Frame, evaluator: Evaluator) -> Iterator[Setting]:
    """``app.conf.update(…)``, ``app.add_defaults(…)``, ``app.config_from_object(…)``."""
    method = function.name
    receiver = function.value
    owner = _app_of_conf(receiver, frame, evaluator)
    if owner is None and method != "update":
        owner = _app(receiver, frame, evaluator)
    if owner is None:
        return
    certain = _is_certain(frame.function, call.block)
    maker = _Maker(frame, _at(frame, call), CHANGES, certain, owner.place, evaluator)
    if method == "config_from_object":
        value = call.argument(0, "obj")
        if value is not None:
            yield from maker.of_strength(OBJECT).source(value, call.argument(3, "namespace"))
        return
    if method == "add_defaults":
        maker = maker.of_strength(DEFAULTS)
    for argument in call.arguments:
        yield from maker.mapping(argument, frame)
    for key, value in call.keywords:
        if key is None:
            yield from maker.mapping(value, frame)
        else:
            yield from maker.setting(key, value, frame)


def _assigned(assignment: Assignment, frame: Frame, evaluator: Evaluator) -> Iterator[Setting]:
    """``app.conf.worker_pool = …`` and ``app.conf["worker_pool"] = …``."""
    target = assignment.target
    if assignment.via not in ("=", "+=") or not isinstance(target, (Attribute, Subscript)):
        return
    if isinstance(target, Attribute):
        name = target.name
    elif isinstance(target.key, Constant) and isinstance(target.key.value, str):
        name = target.key.value
    else:
        return
    if not isinstance(target.value, (Name, Attribute)) or not modern(name):
        return
    owner = _app_of_conf(target.value, frame, evaluator)
    if owner is None:
        return
    place = Place(frame.module.path, assignment.line, assignment.column)
    certain = _is_certain(frame.function, assignment.block)
    maker = _Maker(frame, place, CHANGES, certain, owner.place, evaluator)
    yield from maker.setting(name, assignment.value if assignment.via == "=" else Opaque(()), frame)


@dataclass(frozen=True, slots=True)
class _Maker:
    """What all settings of one statement have in common."""

    frame: Frame
    place: Place
    strength: int
    certain: bool
    app: Place | None
    evaluator: Evaluator

    def of_strength(self, strength: int) -> _Maker:
        return _Maker(self.frame, self.place, strength, self.certain, self.app, self.evaluator)

    def setting(
        self, name: str, value: Value, frame: Frame, place: Place | None = None, certain: bool = True, prefix: str = ""
    ) -> Iterator[Setting]:
        known = modern(name, prefix)
        if known:
            read = literal(value, frame, self.evaluator)
            yield Setting(known, read, place or self.place, name, self.strength, self.certain and certain, self.app)

    def mapping(
        self, value: Value, frame: Frame, certain: bool = True, prefix: str = "", depth: int = 0
    ) -> Iterator[Setting]:
        """Yield what a dict, ``dict(…)``, or a function that returns one sets."""
        if depth > _DEPTH:
            return
        evaluator = self.evaluator
        origins = evaluator.origins(value, frame)
        certain = certain and len(origins) == 1
        for origin in origins:
            if isinstance(origin, Literal) and isinstance(origin.value, Mapping):
                for key, part in origin.value.items:
                    if key is None:
                        yield from self.mapping(part, origin.frame, certain, prefix, depth + 1)
                    elif isinstance(key, Constant) and isinstance(key.value, str):
                        yield from self.setting(key.value, part, origin.frame, None, certain, prefix)
            elif isinstance(origin, Made) and origin.name in ("builtins.dict", "types.SimpleNamespace"):
                if origin.call is None or origin.frame is None:
                    continue
                for argument in origin.call.arguments:
                    yield from self.mapping(argument, origin.frame, certain, prefix, depth + 1)
                for word, part in origin.call.keywords:
                    if word is None:
                        yield from self.mapping(part, origin.frame, certain, prefix, depth + 1)
                    else:
                        yield from self.setting(word, part, origin.frame, None, certain, prefix)
            elif isinstance(origin, FunctionObject):  # add_defaults(lambda: {…})
                for leave in origin.function.leaves:
                    if leave.kind == "return":
                        yield from self.mapping(leave.value, origin.frame, certain, prefix, depth + 1)
        yield from self._items(value, frame, prefix)

    def _items(self, value: Value, frame: Frame, prefix: str) -> Iterator[Setting]:
        """Yield what is stored in the dict after it was made: ``options["worker_pool"] = …``."""
        path = dotted(value)
        if path is None:
            return
        module = frame.module
        for function, assignment in self.evaluator.stores(module).items.get(path, ()):
            target = assignment.target
            if not isinstance(target, Subscript) or not isinstance(target.key, Constant):
                continue
            key = target.key.value
            if isinstance(key, str) and function in (frame.function, module.body):
                certain = _is_certain(function, assignment.block)
                inside = self.evaluator.frame(module, function)
                place = Place(module.path, assignment.line, assignment.column)
                yield from self.setting(key, assignment.value, inside, place, certain, prefix)

    def source(self, value: Value, namespace: Value | None) -> Iterator[Setting]:
        """Yield what the object, class or module given to ``config_from_object`` sets."""
        evaluator, frame = self.evaluator, self.frame
        prefix = ""
        if namespace is not None:
            read = literal(namespace, frame, evaluator)
            if not isinstance(read, str):
                return
            prefix = read
        text = literal(value, frame, evaluator)
        if _is_own_name(value):
            origins: tuple[Origin, ...] = (Package(frame.module),)
        elif isinstance(text, str):
            origins = evaluator.dotted(text.replace(":", "."), frame.module)
        else:
            origins = evaluator.origins(value, frame)
        certain = len(origins) == 1
        for origin in origins:
            if isinstance(origin, Package):
                yield from self._body(origin.module, origin.module.body, certain, prefix)
            elif isinstance(origin, (ClassObject, Instance)):
                yield from self._class(origin, certain, prefix)
            elif isinstance(origin, (Literal, Made)):
                yield from self.mapping(value, frame, certain, prefix)

    def _class(self, origin: ClassObject | Instance, certain: bool, prefix: str) -> Iterator[Setting]:
        lineage = self.evaluator.lineage(origin if isinstance(origin, ClassObject) else origin.cls)
        if any(isinstance(c, External) and c.name.rpartition(".")[2] in _READS_ENVIRONMENT for c in lineage):
            return
        for owner in reversed(lineage):  # the nearest class has the last word
            if not isinstance(owner, ClassObject):
                continue
            module = owner.module
            yield from self._body(module, module.functions[owner.cls.body], certain, prefix)
            if isinstance(origin, ClassObject):
                continue
            for (cls, name), stores in self.evaluator.stores(module).attributes.items():
                for function, assignment in stores if cls == owner.cls.index else ():
                    place = Place(module.path, assignment.line, assignment.column)
                    inside = self.evaluator.frame(module, function)
                    sure = certain and _is_certain(function, assignment.block)
                    yield from self.setting(name, assignment.value, inside, place, sure, prefix)

    def _body(self, module: Module, body: Function, certain: bool, prefix: str) -> Iterator[Setting]:
        frame = self.evaluator.frame(module, body)
        for assignment in body.assignments:
            if assignment.via == "=" and isinstance(assignment.target, Name):
                place = Place(module.path, assignment.line, assignment.column)
                sure = certain and _is_certain(body, assignment.block)
                yield from self.setting(assignment.target.id, assignment.value, frame, place, sure, prefix)


# -- values ------------------------------------------------------------------------------------------------------------


def literal(value: Value, frame: Frame, evaluator: Evaluator) -> Known | Unknown:
    """Return the constant a value is, also through names that are bound once; see :class:`Unknown` for the rest."""
    if isinstance(value, Constant):
        return value.value
    if isinstance(value, Opaque):
        return Unknown.NUMBER if _is_arithmetic(value) else Unknown.ANYTHING
    if isinstance(value, Name):
        found = find(frame.module, frame.function, value.id)
        if found is not None and len(found[1]) == 1:
            (binding,) = found[1]
            if isinstance(binding, Stored) and isinstance(binding.assignment.value, Opaque):
                return literal(binding.assignment.value, frame, evaluator)
    origins = evaluator.origins(value, frame)
    if len(origins) == 1:
        (origin,) = origins
        if isinstance(origin, Literal) and isinstance(origin.value, Constant):
            return origin.value.value
    return Unknown.ANYTHING


def _is_arithmetic(value: Value) -> bool:
    """Say whether a value is worked out from numbers alone."""
    if isinstance(value, Opaque):
        return bool(value.values) and all(_is_arithmetic(part) for part in value.values)
    return isinstance(value, Constant) and isinstance(value.value, (int, float)) and not isinstance(value.value, bool)


# -- apps --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Owner:
    """The app whose configuration is meant; ``place`` is where it is made, when that is in sight."""

    place: Place | None


def _looks_like_class(value: Value) -> bool:
    name = value.id if isinstance(value, Name) else value.name if isinstance(value, Attribute) else ""
    return name[:1].isupper()


def _is_app_class(origin: Origin, evaluator: Evaluator) -> bool:
    if isinstance(origin, External):
        return origin.name in celery_names.APP_CLASSES
    if isinstance(origin, ClassObject):
        return any(isinstance(c, External) and c.name in celery_names.APP_CLASSES for c in evaluator.lineage(origin))
    return False


def _app_of_conf(value: Value, frame: Frame, evaluator: Evaluator) -> _Owner | None:
    """Return the app whose ``conf`` a value is."""
    if (value.name if isinstance(value, Attribute) else getattr(value, "id", "")).lower().find("conf") < 0:
        return None  # the cheap way out for ``self.x = …`` and ``options.update(…)``
    for origin in evaluator.origins(value, frame):
        name = name_of(origin)
        if name in _CONF or _is_foreign(name, "conf", frame.module):
            return _Owner(_made_at(origin))
    return None


def _app(value: Value, frame: Frame, evaluator: Evaluator) -> _Owner | None:
    """Return the app a value is."""
    for origin in evaluator.origins(value, frame):
        name = f"{name_of(origin)}.conf"
        if name in _CONF or _is_foreign(name, "conf", frame.module):
            return _Owner(_made_at(origin))
        if isinstance(origin, Instance) and _is_app_class(origin.cls, evaluator):
            return _Owner(origin.place)
    return None


def _is_foreign(name: str, attribute: str, module: Module) -> bool:
    """Say whether ``shop.celery.app.conf`` can only be a Celery app's: an import that the project does not show."""
    head, dot, last = name.rpartition(".")
    if not dot or last != attribute or "(" in head or "." not in head:
        return False
    return "celery" in head.lower() or (head.rpartition(".")[2] in _APP_NAMES and imports_celery(module))


def _made_at(origin: Origin) -> Place | None:
    current: object = origin
    while current is not None:
        place = getattr(current, "place", None)
        if isinstance(place, Place):
            return place
        current = getattr(current, "receiver", None)
    return None


def _is_own_name(value: Value) -> bool:
    """``__name__`` and ``sys.modules[__name__]``."""
    if isinstance(value, Subscript):
        return dotted(value.value) == ("sys", "modules") and value.key == Name("__name__")
    return value == Name("__name__")


def _is_certain(function: Function, block: int) -> bool:
    return not any(found.kind in _CONDITIONAL for _, found in around(function, block))


def _at(frame: Frame, call: Call) -> Place:
    return Place(frame.module.path, call.line, call.column)


__all__ = ["CHANGES", "DEFAULTS", "OBJECT", "Known", "Setting", "Unknown", "effective", "find_settings", "literal"]
