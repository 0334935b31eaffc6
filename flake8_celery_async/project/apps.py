"""Which app a start command means: what ``celery -A shop.celery:app`` would import, without importing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flake8_celery_async.semantics.configuration import app_of, find_apps
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import Module, Name
from flake8_celery_async.source.origins import Place

Find = Callable[[str, str], Module | None]
"""Returns the module that an import of a dotted name means in the file with a path."""

_USUAL = ("app", "celery")
"""Names of the app in a module that is named alone, in the order in which Celery looks for them (app/utils.py)."""


def named_app(name: str, path: str, find: Find, evaluator: Evaluator) -> Place | None:
    """Return where the app is made that ``-A`` names in the file ``path``; None when it is not in sight."""
    module_name, colon, attribute = name.partition(":")
    module = find(module_name, path)
    if colon:
        return None if module is None else _attribute(module, attribute, evaluator)
    if module is None:
        parent, _, attribute = name.rpartition(".")
        module = find(parent, path) if parent else None
        return None if module is None else _attribute(module, attribute, evaluator)
    return next(_in_module(module, name, path, find, evaluator), None)


def _in_module(module: Module, name: str, path: str, find: Find, evaluator: Evaluator) -> Iterator[Place]:
    """Yield the apps of a module or package, the one first that Celery finds first."""
    for attribute in _USUAL:
        found = _attribute(module, attribute, evaluator)
        if found is not None:
            yield found
    inner = find(f"{name}.celery", path) if module.is_package else None
    if inner is not None:
        yield from _in_module(inner, f"{name}.celery", path, find, evaluator)
    yield from find_apps(module, evaluator)
    for attribute in module.body.bindings:
        found = _attribute(module, attribute, evaluator) if "app" in attribute or "celery" in attribute else None
        if found is not None:
            yield found


def _attribute(module: Module, name: str, evaluator: Evaluator) -> Place | None:
    if name not in module.body.bindings:
        return None
    owner = app_of(Name(name), evaluator.frame(module, module.body), evaluator)
    return None if owner is None else owner.place
