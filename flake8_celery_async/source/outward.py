"""What a module has that others look up by name: what it assigns elsewhere, registers, and derives from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flake8_celery_async.source.memory import Rests, facet
from flake8_celery_async.source.module import Import, Module, of_facts
from flake8_celery_async.source.names import Store, absolute, find, last_name, stores_of
from flake8_celery_async.source.origins import ClassObject
from flake8_celery_async.source.registrations import registrations_in


class Written(NamedTuple):
    """An assignment to an attribute of an imported module, or of what is imported from one: ``db.engine = …``."""

    path: tuple[str, ...]
    """The absolute dotted name of what is written to; where it ends as a module depends on the project."""
    name: str
    store: Store


class Heir(NamedTuple):
    """A class by the last part of the name of one of its bases."""

    base: str
    cls: ClassObject


@of_facts
def written_elsewhere(module: Module) -> tuple[Written, ...]:
    """Return the assignments of a module to attributes of what it imports, in order."""
    return tuple(_written(module))


def _written(module: Module) -> Iterator[Written]:
    for (path, name), stores in stores_of(module).named.items():
        for store in stores:
            bound = find(module, store.function, path[0])
            for binding in bound[1] if bound is not None else ():
                if isinstance(binding, Import) and binding.name != "*":
                    first = (binding.name,) if binding.name is not None else ()
                    yield Written((*absolute(module, binding).split("."), *first, *path[1:]), name, store)


@of_facts
def heirs_in(module: Module) -> tuple[Heir, ...]:
    """Return the classes of a module, once for each of their bases."""
    return tuple([Heir(last_name(base), ClassObject(module, cls)) for cls in module.classes for base in cls.bases])


def looked_up(modules: Iterable[Module]) -> frozenset[tuple[str, str, object]]:
    """Return under what names modules have assignments and registrations; see :func:`changed_facets`."""
    found: set[tuple[str, str, object]] = set()
    for module in modules:
        found.update([("stores", written.name, written.path) for written in written_elsewhere(module)])
        found.update([("registrations", registration.name, None) for registration in registrations_in(module)])
    return frozenset(found)


def derived_from(modules: Iterable[Module]) -> frozenset[tuple[str, str, object]]:
    """Return from what names the classes of modules derive; see :func:`changed_facets`."""
    return frozenset([("subclasses", heir.base, None) for module in modules for heir in heirs_in(module)])


def changed_facets(before: frozenset[tuple[str, str, object]], after: frozenset[tuple[str, str, object]]) -> Rests:
    """Return the facets of the names under which something was added or removed."""
    rests = 0
    for question, name, _ in before ^ after:
        rests |= facet(question, name)
    return rests
