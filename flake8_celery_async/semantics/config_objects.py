"""What ``config_from_object`` finds in the object it is given: a module, a class, an instance, Django's settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flake8_celery_async.semantics.catalog.settings import is_known
from flake8_celery_async.semantics.values import Entry, is_certain, literal, reads_environment
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import (
    Assignment,
    Attribute,
    Call,
    Constant,
    Function,
    Import,
    Module,
    Name,
    Opaque,
    Subscript,
)
from flake8_celery_async.source.names import absolute, last_name
from flake8_celery_async.source.origins import ClassObject, Frame, Instance, Package, Place

DJANGO_SETTINGS = frozenset({"django.conf.settings", "django.conf:settings"})
"""Django's settings object, which stands for the module that ``DJANGO_SETTINGS_MODULE`` names."""
_VARIABLE = "DJANGO_SETTINGS_MODULE"
_ENVIRON = (("os", "environ"), ("environ",))
_NAMESPACES = frozenset({"globals", "locals", "vars", "include", "optional"})
"""Calls that may bind any name of a module; ``include`` is django-split-settings."""
_NOTHING = Opaque(())


def members(origin: Package | ClassObject | Instance, evaluator: Evaluator) -> Iterator[Entry]:
    """Return the attributes of an object, weakest first."""
    if isinstance(origin, Package):
        return _of_module(origin.module, evaluator)
    return _of_class(origin, evaluator)


def django_members(home: Module, modules: Iterable[Module], evaluator: Evaluator) -> Iterator[Entry] | None:
    """Return the settings of Django as the module ``home`` sees them, or None when they are not in sight.

    The settings module is the one that ``home`` names; where it names none, the only one that any of ``modules`` names.
    """
    named = _named(home, evaluator)
    if not named:
        named = {name for module in modules for name in _named(module, evaluator)}
    if len(named) != 1:
        return None
    (name,) = named
    origins = evaluator.dotted(name, home) if name is not None else ()
    if len(origins) != 1 or not isinstance(origins[0], Package):
        return None
    found = _of_module(origins[0].module, evaluator)
    return (entry for entry in found if entry.key is None or entry.key.isupper())  # Django reads no others


def _named(module: Module, evaluator: Evaluator) -> set[str | None]:
    """Return the settings modules that a module names in the environment; None for one that cannot be told."""
    found: set[str | None] = set()
    for path in _ENVIRON:
        for function, assignment in evaluator.stores(module).items.get(path, ()):
            if isinstance(assignment.target, Subscript) and assignment.target.key == Constant(_VARIABLE):
                name = literal(assignment.value, evaluator.frame(module, function), evaluator)
                found.add(name if isinstance(name, str) else None)
    return found


class _Star(NamedTuple):
    """What ``from … import *`` stands for: all that a module binds."""

    module: Module
    certain: bool
    """Whether the import runs whenever the settings are read."""


def _of_module(module: Module, evaluator: Evaluator) -> Iterator[Entry]:
    """Return what the names of a module are bound to, in source order: the last one holds.

    Read from the end, so that a module that is imported in many ways counts once, where it has the last word.
    """
    found: list[Entry] = []
    seen: set[_Star] = set()
    path: list[Iterator[Entry | _Star]] = [iter((_Star(module, True),))]
    while path:
        item = next(path[-1], None)
        if item is None:
            path.pop()
        elif isinstance(item, Entry):
            found.append(item)
        elif seen.isdisjoint((item, _Star(item.module, True))):
            seen.add(item)
            body = item.module.body
            path.append(reversed(list(_of_body(item.module, body, evaluator, item.certain))))
    return reversed(found)


def _of_body(module: Module, body: Function, evaluator: Evaluator, certain: bool) -> Iterator[Entry | _Star]:
    frame = evaluator.frame(module, body)
    for statement in sorted(_binding(body), key=_line):
        sure = certain and is_certain(body, statement.block)
        place = Place(module.path, statement.line, getattr(statement, "column", 0))
        if isinstance(statement, Assignment):
            if isinstance(statement.target, Name):
                value = statement.value if statement.via == "=" else _NOTHING
                yield Entry(statement.target.id, value, frame, place, sure)
        elif isinstance(statement, Call):
            yield Entry(None, _NOTHING, frame, place, sure)
        elif statement.name == "*":
            yield from _starred(statement, frame, evaluator, sure, place)
    for name, bindings in body.bindings.items():
        found = bindings[-1]
        if isinstance(found, Import) and is_known(name):
            sure = certain and is_certain(body, found.block)
            yield Entry(name, Name(name), frame, Place(module.path, found.line, 0), sure)


def _binding(body: Function) -> Iterator[Assignment | Import | Call]:
    """Yield the statements of a module or a class that bind names whose values may be settings."""
    for assignment in body.assignments:
        if assignment.via in ("=", "+="):
            yield assignment
    for binding in body.bindings.get("*", ()):
        if isinstance(binding, Import):
            yield binding
    if body.kind == "module":
        for call in body.calls:
            function = call.function.value if isinstance(call.function, Attribute) else call.function
            if last_name(function) in _NAMESPACES and _binds_names(call):
                yield call


def _binds_names(call: Call) -> bool:
    """``globals().update(…)``, ``include("base.py")``; not ``include("shop.urls")`` of Django."""
    if isinstance(call.function, Attribute):
        return call.function.name == "update"
    return last_name(call) == "include" and any(
        isinstance(a, Constant) and str(a.value).endswith(".py") for a in call.arguments
    )


def _starred(found: Import, frame: Frame, evaluator: Evaluator, certain: bool, place: Place) -> Iterator[Entry | _Star]:
    """``from .base import *``; a module that is not there and need not be there (``local``) is passed over."""
    module = frame.module
    block = frame.function.blocks[found.block]
    for origin in evaluator.dotted(absolute(module, found), module):
        if isinstance(origin, Package):
            yield _Star(origin.module, certain)
        elif block.kind != "try":
            yield Entry(None, _NOTHING, frame, place, certain)


def _of_class(origin: ClassObject | Instance, evaluator: Evaluator) -> Iterator[Entry]:
    cls = origin if isinstance(origin, ClassObject) else origin.cls
    from_environment = reads_environment(cls, evaluator)
    for owner in reversed(evaluator.lineage(cls)):  # the nearest class has the last word
        if not isinstance(owner, ClassObject):
            continue
        module = owner.module
        for entry in _of_body(module, module.functions[owner.cls.body], evaluator, True):
            if not isinstance(entry, Entry):
                continue  # no class body imports everything
            yield entry._replace(variable=entry.key.upper()) if from_environment and entry.key else entry
        if isinstance(origin, ClassObject):
            continue
        for (index, name), stores in evaluator.stores(module).attributes.items():
            for function, assignment in stores if index == owner.cls.index else ():
                place = Place(module.path, assignment.line, assignment.column)
                sure = is_certain(function, assignment.block)
                yield Entry(name, assignment.value, evaluator.frame(module, function), place, sure)


def _line(statement: Assignment | Import | Call) -> int:
    return statement.line
