"""Which pools the workers of a project run, with the place that says so."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from flake8_celery_async.options import Options, Pool
from flake8_celery_async.semantics.catalog.pools import ALIASES
from flake8_celery_async.semantics.configuration import Setting, effective
from flake8_celery_async.source.origins import Place


class PoolUse(NamedTuple):
    """A pool that runs the project's tasks."""

    pool: Pool
    said: str
    """What says so, for a message: ``cax-pool`` or ``app/celery.py:4``."""
    place: Place | None
    """Where a file says so; None for the option."""


def find_pools(
    options: Options, settings: Collection[Setting], apps: Collection[Place | None] = ()
) -> tuple[PoolUse, ...]:
    """Return the pools that are known; empty when the pool is not known, which is the normal case.

    ``apps`` are the places of the apps asked about, none for all of them. The option overrides what the files say. A
    setting whose value is not a constant, or that is made under a condition, leaves the pool unknown; so does an app
    that says nothing beside one that does.
    """
    if options.pools:
        return tuple([PoolUse(pool, "cax-pool", None) for pool in Pool if pool in options.pools])
    asked = set(apps) or {setting.app for setting in settings if setting.app is not None}
    holding = [s for s in effective(settings, "worker_pool") if s.app is None or s.app in asked]
    if not any(s.app is None for s in holding) and asked - {s.app for s in holding}:
        return ()
    found: list[PoolUse] = []
    for setting in holding:
        if not setting.certain or not isinstance(setting.value, str):
            return ()
        found.append(PoolUse(pool_named(setting.value), str(setting), setting.place))
    return tuple(found)


def pool_named(text: str) -> Pool:
    """Return the pool that a value of ``worker_pool`` or ``-P`` means; the path of any other class is a custom one."""
    return Pool(ALIASES.get(text, Pool.CUSTOM.value))
