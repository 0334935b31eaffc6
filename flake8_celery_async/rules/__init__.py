"""The catalogue: one file a code, found by listing this folder."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from flake8_celery_async.rules.base import Rule


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of their codes."""
    return tuple([import_module(f"{__name__}.{name}").RULE for name in _names()])


@lru_cache(maxsize=1)
def all_codes() -> frozenset[str]:
    """Return the code of every rule; they stand in the names of the modules, none of which is imported."""
    return frozenset([name.partition("_")[0].upper() for name in _names()])


def _names() -> list[str]:
    return sorted(module.name for module in iter_modules(__path__) if module.name.startswith("cax"))
