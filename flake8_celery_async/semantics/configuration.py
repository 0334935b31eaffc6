"""The Celery settings a module makes, in every style Celery reads, each with its value and its place.

A value that is not written out is never guessed, and neither is what an object holds that is not in sight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from flake8_celery_async.semantics.catalog import celery_names
from flake8_celery_async.semantics.catalog.settings import modern
from flake8_celery_async.semantics.config_objects import DJANGO_SETTINGS, django_members, members
from flake8_celery_async.semantics.routes import AllRoutes, Routes
from flake8_celery_async.semantics.tasks import imports_celery
from flake8_celery_async.semantics.values import Data, Entry, Reading, Unknown, entries, is_certain, literal, read
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.grouping import grouped
from flake8_celery_async.source.module import (
    Assignment,
    Attribute,
    Call,
    Collection,
    Import,
    Mapping,
    Module,
    Name,
    Opaque,
    Subscript,
    Value,
)
from flake8_celery_async.source.names import dotted
from flake8_celery_async.source.origins import ClassObject, External, Frame, Instance, Origin, Package, Place, name_of

DEFAULTS, OBJECT, CHANGES = range(3)
"""How strong a setting is, weakest first: ``add_defaults``; ``config_from_object``; the constructor and ``app.conf``
(celery/app/utils.py, ``detect_settings``). Of two of the same strength the later one holds."""
EVERYTHING = "*"
"""The name of a setting that stands for all of them: set to what cannot be told or, with the value None, to nothing."""

_CONF = frozenset(
    [f"{app}().conf" for app in celery_names.APP_CLASSES]
    + [f"{getter}{call}.conf" for getter in celery_names.APP_GETTERS for call in ("", "()")]
)
_APP_NAMES = frozenset({"app", "application", "worker", "worker_app", "task_app"})
"""What an app is called in a module that is not in sight."""
_FAMILIES = ("worker_", "task_", "broker_", "result_", "beat_", "celery")
"""How the names of settings begin that are given to an app's constructor."""
MODULE_LISTS = ("include", "imports")
"""The settings that list modules which every worker of an app imports."""
_METHODS = frozenset({"update", "add_defaults", "setdefault", "config_from_object", "config_from_envvar"})
_READ = frozenset({"task_routes", "task_queues", *MODULE_LISTS})
"""The settings whose parts are read; of other dicts and lists only that they are one is known."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, as one line of a module makes it."""

    name: str
    """Lower-case name of Celery 4 and later, such as ``worker_pool``; or :data:`EVERYTHING`."""
    value: Data
    place: Place
    written: str
    """The name as it is spelled there: ``worker_pool``, ``CELERYD_POOL``, ``CELERY_WORKER_POOL``."""
    strength: int
    certain: bool
    """Whether the line runs whenever the module is imported or the function around it is called."""
    app: Place | None
    """Where the app is made; None when that is not in sight."""
    statement: Place
    """The statement that gives it to the app; the place itself but for objects and dicts."""
    variable: str = ""
    """The environment variable whose default the value is; empty when none replaces it."""

    def __str__(self) -> str:
        """The place, for a message: ``app/celery.py:4``, with the variable that the value is the default of."""
        return f"{self.place}, the default of {self.variable}" if self.variable else str(self.place)


def find_settings(
    module: Module, evaluator: Evaluator, modules: Callable[[], Iterable[Module]] = lambda: ()
) -> Iterator[Setting]:
    """Yield the settings that a module makes, in the order of its scopes; a later one of the same strength holds.

    ``modules`` gives the modules in which Django's settings module may be named.
    """
    has_apps = _names_celery(module)
    for scope in module.functions:
        frame = evaluator.frame(module, scope)
        statements: list[Call | Assignment] = [
            call for call in scope.calls if isinstance(call.function, Attribute) and call.function.name in _METHODS
        ]
        if has_apps:
            statements += [
                call
                for call in scope.calls
                if any(_is_setting(key) for key, _ in call.keywords) and _looks_like_class(call.function)
            ]
        statements += [a for a in scope.assignments if a.via in ("=", "+=") and _is_part(a.target)]
        for statement in sorted(statements, key=_line):
            if isinstance(statement, Assignment):
                yield from _assigned(statement, frame, evaluator)
            elif isinstance(statement.function, Attribute) and statement.function.name in _METHODS:
                yield from _changed(statement, statement.function, frame, evaluator, modules)
            else:
                yield from _constructed(statement, frame, evaluator, modules)


def find_apps(module: Module, evaluator: Evaluator) -> Iterator[Place]:
    """Yield the places in a module where an app is made: ``Celery("shop")``, also of a subclass with such a name."""
    if _names_celery(module):
        for scope in module.functions:
            frame = evaluator.frame(module, scope)
            for call in scope.calls:
                if "elery" in _last(call.function) and _looks_like_class(call.function):
                    if any(_is_app_class(origin, evaluator) for origin in evaluator.origins(call.function, frame)):
                        yield _at(frame, call)


class Settings:
    """The settings of a project in order, and what holds of them; each answer is worked out once."""

    def __init__(self, made: Iterable[Setting]) -> None:
        self._made = tuple(made)
        self._effective: dict[str, list[Setting]] = {}
        self._by_app: dict[str, dict[Place | None, int]] = {}

    def __iter__(self) -> Iterator[Setting]:
        """Go through all of them in order."""
        return iter(self._made)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._made)

    def effective(self, name: str) -> list[Setting]:
        """Return the setting of that name which holds, for each app it is made for; it may be :data:`EVERYTHING`.

        Where two modules disagree that both change the app of a third one, the later one is not certain.
        """
        if name not in self._effective:
            made = [setting for setting in self._made if setting.name in (name, EVERYTHING)]
            by_app = grouped(made, lambda setting: setting.app)
            held = [_holding(app, settings) for app, settings in by_app.items()]
            found = self._effective[name] = [setting for setting in held if setting is not None]
            self._by_app[name] = {setting.app: rank for rank, setting in enumerate(found)}
        return self._effective[name]

    def holding(self, app: Place | None, name: str) -> list[Setting]:
        """Return what holds for an app of the settings of a name; one that is of no app in sight may be for any."""
        found, ranks = self.effective(name), self._by_app[name]
        return [found[rank] for rank in sorted({ranks[one] for one in (None, app) if one in ranks})]

    def at(self, path: str) -> Sequence[Setting]:
        """Return the settings that stand in a file, in order."""
        return self._by_path.get(path, ())

    def apps_of(self, path: str) -> Iterable[Place]:
        """Return the apps that are made or configured in a file."""
        return self._apps_by_path.get(path, ())

    @cached_property
    def _by_path(self) -> dict[str, list[Setting]]:
        return grouped(self._made, lambda setting: setting.place.path)

    @cached_property
    def _apps_by_path(self) -> dict[str, set[Place]]:
        found: dict[str, set[Place]] = {}
        for setting in self._made:
            if setting.app is not None:
                found.setdefault(setting.place.path, set()).add(setting.app)
                found.setdefault(setting.app.path, set()).add(setting.app)
        return found

    @cached_property
    def routes(self) -> AllRoutes:
        """What the ``task_routes`` of all apps say, where that is certain."""
        return AllRoutes([Routes(s.value) for s in self.effective("task_routes") if s.certain])


def _holding(app: Place | None, made: list[Setting]) -> Setting | None:
    home = app.path if app is not None else ""
    holding: dict[int, Setting] = {}
    for setting in sorted(made, key=lambda found: found.statement.path != home):  # an app's own module runs first
        before = holding.get(setting.strength)
        foreign = before is not None and home != before.statement.path != setting.statement.path
        if before is not None and foreign and before.value != setting.value:
            setting = replace(setting, certain=False)
        holding[setting.strength] = setting
    for strength in (CHANGES, OBJECT, DEFAULTS):
        found = holding.get(strength)
        if found is not None and (found.name != EVERYTHING or found.value is not None):
            return found
    return None


def _names_celery(module: Module) -> bool:
    """Say whether any import of the module speaks of Celery; without one it makes no app, and this is cheap to ask."""
    return any(
        isinstance(binding, Import) and "celery" in f"{binding.module}.{binding.name}".lower()
        for function in module.functions
        for bindings in function.bindings.values()
        for binding in bindings
    )


def _is_setting(key: str | None) -> bool:
    """Say whether a keyword of a constructor may be a setting of an app."""
    return key is None or key in ("changes", "config_source", *MODULE_LISTS) or key.lower().startswith(_FAMILIES)


def _is_part(target: Value) -> bool:
    """Say whether an assignment may be to ``app.conf``, or to an attribute or an item of it."""
    if isinstance(target, Attribute) and target.name == "conf":
        return True
    return isinstance(target, (Attribute, Subscript)) and "conf" in _last(target.value).lower()


# -- styles ------------------------------------------------------------------------------------------------------------


def _constructed(
    call: Call, frame: Frame, evaluator: Evaluator, modules: Callable[[], Iterable[Module]]
) -> Iterator[Setting]:
    """``Celery("shop", worker_pool="solo", changes={…}, config_source=…)``."""
    if not any(_is_app_class(origin, evaluator) for origin in evaluator.origins(call.function, frame)):
        return
    place = _at(frame, call)
    maker = _Maker(frame, place, CHANGES, _is_certain(frame, call.block, place), place, evaluator)
    for key, value in call.keywords:
        if key == "changes" or key is None:
            yield from maker.mapping(value)
        elif key == "config_source":
            yield from replace(maker, strength=OBJECT).source(value, call.keyword("namespace"), modules)
        elif key in MODULE_LISTS or key.lower().startswith(_FAMILIES):
            yield from maker.setting(Entry(key, value, frame, None, True))


def _changed(
    call: Call, function: Attribute, frame: Frame, evaluator: Evaluator, modules: Callable[[], Iterable[Module]]
) -> Iterator[Setting]:
    """``app.conf.update(…)``, ``app.add_defaults(…)``, ``app.config_from_object(…)``."""
    method = function.name
    receiver = function.value
    owner = _app_of_conf(receiver, frame, evaluator)
    if owner is None and method not in ("update", "setdefault"):
        owner = app_of(receiver, frame, evaluator)
    if owner is None:
        return
    certain = _is_certain(frame, call.block, owner.place)
    maker = _Maker(frame, _at(frame, call), CHANGES, certain, owner.place, evaluator)
    if method == "config_from_envvar":
        yield replace(maker, strength=OBJECT).everything(Unknown.ANYTHING)
    elif method == "config_from_object":
        value = call.argument(0, "obj")
        if value is not None:
            yield from replace(maker, strength=OBJECT).source(value, call.argument(3, "namespace"), modules)
    elif method == "setdefault":
        key = literal(call.arguments[0], frame, evaluator) if len(call.arguments) == 2 else None
        if isinstance(key, str):
            yield from replace(maker, strength=DEFAULTS).setting(Entry(key, call.arguments[1], frame, None, True))
    else:
        if method == "add_defaults":
            maker = replace(maker, strength=DEFAULTS)
        for argument in call.arguments:
            yield from maker.mapping(argument)
        for key, value in call.keywords:
            if key is None:
                yield from maker.mapping(value)
            else:
                yield from maker.setting(Entry(key, value, frame, None, True))


def _assigned(assignment: Assignment, frame: Frame, evaluator: Evaluator) -> Iterator[Setting]:
    """``app.conf.worker_pool = …``, ``app.conf["worker_pool"] = …`` and ``app.conf = {…}``."""
    target = assignment.target
    value = assignment.value if assignment.via == "=" else Opaque(())
    place = Place(frame.module.path, assignment.line, assignment.column)
    if isinstance(target, Attribute) and target.name == "conf":
        owner = app_of(target.value, frame, evaluator)
        if owner is not None:
            certain = _is_certain(frame, assignment.block, owner.place)
            maker = _Maker(frame, place, CHANGES, certain, owner.place, evaluator)
            for strength in (DEFAULTS, OBJECT, CHANGES):
                yield replace(maker, strength=strength).everything(None)
            yield from maker.mapping(value)
        return
    if not isinstance(target, (Attribute, Subscript)):
        return
    owner = _app_of_conf(target.value, frame, evaluator)
    if owner is None:
        return
    certain = _is_certain(frame, assignment.block, owner.place)
    maker = _Maker(frame, place, CHANGES, certain, owner.place, evaluator)
    key = target.name if isinstance(target, Attribute) else literal(target.key, frame, evaluator)
    yield from maker.setting(Entry(key if isinstance(key, str) else None, value, frame, None, True))


@dataclass(frozen=True, slots=True)
class _Maker:
    """What all settings of one statement have in common."""

    frame: Frame
    place: Place
    strength: int
    certain: bool
    app: Place | None
    evaluator: Evaluator

    def everything(self, value: Data, certain: bool = True) -> Setting:
        certain = self.certain and certain
        if not certain:
            value = Unknown.ANYTHING  # what was set before may still hold
        return Setting(EVERYTHING, value, self.place, "", self.strength, certain, self.app, self.place)

    def setting(self, entry: Entry, namespace: str = "", variable: str = "") -> Iterator[Setting]:
        if entry.key is None:
            yield self.everything(Unknown.ANYTHING, entry.certain)
            return
        name = modern(entry.key, namespace)
        if name:
            if isinstance(entry.value, (Collection, Mapping)) and name not in _READ:  # a schedule may be long
                found = Reading(Unknown.ANYTHING)
            else:
                found = read(entry.value, entry.frame, self.evaluator)
            yield Setting(
                name,
                found.value,
                entry.place or self.place,
                entry.key,
                self.strength,
                self.certain and entry.certain,
                self.app,
                self.place,
                found.variable or entry.variable or variable,
            )

    def mapping(self, value: Value) -> Iterator[Setting]:
        """Yield what a dict, ``dict(…)``, or a function that returns one sets."""
        for entry in entries(value, self.frame, self.evaluator):
            yield from self.setting(entry)

    def source(
        self, value: Value, namespace: Value | None, modules: Callable[[], Iterable[Module]]
    ) -> Iterator[Setting]:
        """Yield what the object, class or module given to ``config_from_object`` sets; it replaces an earlier one."""
        prefix = "" if namespace is None else literal(namespace, self.frame, self.evaluator) or ""
        named = read(value, self.frame, self.evaluator)
        found = list(self._objects(value, named.value, modules)) if isinstance(prefix, str) else [None]
        yield self.everything(None, len(found) == 1)
        for part in found:
            if part is None or not isinstance(prefix, str):
                yield self.everything(Unknown.ANYTHING)
                continue
            for entry in part:
                sure = entry.certain and len(found) == 1
                yield from self.setting(entry._replace(certain=sure), prefix, named.variable)

    def _objects(
        self, value: Value, named: Data, modules: Callable[[], Iterable[Module]]
    ) -> Iterator[Iterator[Entry] | None]:
        """Yield the entries of each object that the value can be; None for one that is not in sight."""
        evaluator, module = self.evaluator, self.frame.module
        origins: tuple[Origin, ...]
        if _is_own_name(value):
            origins = (Package(module),)
        elif isinstance(named, str):
            origins = evaluator.dotted(named.replace(":", "."), module)
        else:
            origins = evaluator.origins(value, self.frame)
        if not origins:
            yield None
        for origin in origins:
            if isinstance(origin, External) and origin.name in DJANGO_SETTINGS:
                yield django_members(module, modules(), evaluator)
            elif isinstance(origin, (Package, ClassObject, Instance)):
                yield members(origin, evaluator)
            else:
                yield entries(value, self.frame, evaluator)
                return


# -- apps --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Owner:
    """An app, or whose configuration is meant; ``place`` is where it is made, when that is in sight."""

    place: Place | None


def _last(value: Value) -> str:
    return value.id if isinstance(value, Name) else value.name if isinstance(value, Attribute) else ""


def _looks_like_class(value: Value) -> bool:
    return _last(value)[:1].isupper()


def _is_app_class(origin: Origin, evaluator: Evaluator) -> bool:
    if isinstance(origin, External):
        return origin.name in celery_names.APP_CLASSES
    if isinstance(origin, ClassObject):
        return any(isinstance(c, External) and c.name in celery_names.APP_CLASSES for c in evaluator.lineage(origin))
    return False


def _app_of_conf(value: Value, frame: Frame, evaluator: Evaluator) -> Owner | None:
    """Return the app whose ``conf`` a value is."""
    if "conf" not in _last(value).lower():
        return None  # the cheap way out for ``self.x = …`` and ``options.update(…)``
    for origin in evaluator.origins(value, frame):
        name = name_of(origin)
        if name in _CONF or _is_foreign(name, "conf", frame.module):
            return Owner(_made_at(origin))
    return None


def app_of(value: Value, frame: Frame, evaluator: Evaluator) -> Owner | None:
    """Return the app a value is, or None when it is not one."""
    for origin in evaluator.origins(value, frame):
        name = f"{name_of(origin)}.conf"
        if name in _CONF or _is_foreign(name, "conf", frame.module):
            return Owner(_made_at(origin))
        if isinstance(origin, Instance) and _is_app_class(origin.cls, evaluator):
            return Owner(origin.place)
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


def _at(frame: Frame, call: Call) -> Place:
    return Place(frame.module.path, call.line, call.column)


def _is_certain(frame: Frame, block: int, app: Place | None) -> bool:
    """Say whether a statement runs whenever its app is made: under no condition, or under the same one as the app."""
    function = frame.function
    if is_certain(function, block):
        return True
    made = next((call for call in function.calls if app is not None and _at(frame, call) == app), None)
    return made is not None and made.block == block


def _line(statement: Call | Assignment) -> int:
    return statement.line
