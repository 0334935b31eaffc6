"""The catalogue: one file a code, found by listing this folder."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from flake8_celery_async.rules.base import Rule


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of their codes."""
    names = sorted(m.name for m in iter_modules(__path__) if m.name.startswith("cax"))
    return tuple([import_module(f"{__name__}.{name}").RULE for name in names])
