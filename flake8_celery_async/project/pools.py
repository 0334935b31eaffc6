"""Which pools the workers of a project run, with the place that says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from flake8_celery_async.options import Options, Pool
from flake8_celery_async.project.deployment.command import NOT_KNOWN, StartCommand
from flake8_celery_async.semantics.catalog.pools import ALIASES, DEFAULT_POOL
from flake8_celery_async.semantics.configuration import Setting, effective
from flake8_celery_async.source.origins import Place

_REHEARSALS = (".github/", ".circleci/", ".gitlab-ci", ".travis", "azure-pipelines", "bitbucket-pipelines")
"""How the paths of files begin whose workers run for tests only: the service has others."""


class PoolUse(NamedTuple):
    """A pool that runs the project's tasks."""

    pool: Pool
    said: str
    """What says so, for a message: ``cax-pool``, ``app/celery.py:4`` or ``Procfile:2``."""
    place: Place | None
    """Where a file says so; None for the option."""


class Pools(NamedTuple):
    """What is known of the pools that run some tasks."""

    met: tuple[PoolUse, ...]
    """Pools that run them, each once; what fails under one of these fails."""
    complete: bool
    """Whether there is no other."""

    @property
    def every(self) -> tuple[PoolUse, ...]:
        """All of the pools; empty when not all of them are known, which is the normal case."""
        return self.met if self.complete else ()


NOTHING = Pools((), False)


class Worker(NamedTuple):
    """A worker that a deployment file or Python code starts."""

    command: StartCommand
    app: Place | None
    """Where the app is made; None when that cannot be told."""
    is_command: bool
    """Whether Celery's command line reads it: there ``-P prefork`` gives way to the configuration."""

    @property
    def place(self) -> Place:
        """Where the command stands."""
        return Place(self.command.path, self.command.line, 0)


def find_pools(
    options: Options,
    settings: Collection[Setting],
    workers: Collection[Worker],
    apps: Collection[Place],
    asked: Collection[Place],
    queue: str | None,
) -> Pools:
    """Return what is known of the pools of some apps.

    The option overrides what the files say. ``workers`` and ``apps`` are all that the project has; ``asked`` are the
    apps asked about, none for all of them. ``queue`` is the queue of the tasks
    asked about, None when that is not known: a worker that names its queues then counts only if this is one of them.
    """
    if options.pools:
        return Pools(tuple([PoolUse(pool, "cax-pool", None) for pool in Pool if pool in options.pools]), True)
    found = [_pools_of(app, settings, workers, apps, queue) for app in sorted(asked or apps) or (None,)]
    if len(found) > 1 and not all(pools.complete for pools in found):
        return NOTHING  # which of the apps runs the tasks is not known
    return together(found)


def together(found: Collection[Pools]) -> Pools:
    """Return what is known where each of several counts."""
    return Pools(_each_once([use for pools in found for use in pools.met]), all(pools.complete for pools in found))


def own_workers(app: Place | None, workers: Collection[Worker], apps: Collection[Place]) -> list[Worker]:
    """Return the workers of an app; in a project with one app also those whose app cannot be told."""
    alone = len(apps) <= 1
    return [w for w in workers if (w.app is not None and w.app == app) or (alone and None in (app, w.app))]


def _pools_of(
    app: Place | None,
    settings: Collection[Setting],
    workers: Collection[Worker],
    apps: Collection[Place],
    queue: str | None,
) -> Pools:
    """Return what is known of one app."""
    configured = _configured(app, settings)
    own = own_workers(app, workers, apps)
    complete = len(apps) <= 1 or all(w.app is not None for w in workers)
    if not own:
        return NOTHING if configured is None else configured._replace(complete=configured.complete and complete)
    met: list[PoolUse] = []
    meeting = [w for w in own if queue is None or w.command.queues is None or queue in w.command.queues]
    complete = complete and not all(w.command.path.startswith(_REHEARSALS) for w in meeting)
    for worker in meeting:
        written = worker.command.pool
        if written == NOT_KNOWN:
            complete = False
        elif configured is not None and (
            written is None or (worker.is_command and pool_named(written) is Pool.PREFORK)
        ):
            # The configuration also beats -P prefork, the default of the option (LAB 14a).
            met += configured.met
            complete = complete and configured.complete
        else:
            met.append(PoolUse(pool_named(written or DEFAULT_POOL), worker.command.said, worker.place))
    return Pools(_each_once(met), complete)


def _configured(app: Place | None, settings: Collection[Setting]) -> Pools | None:
    """Return the pool that the configuration of an app names; None when it names none.

    A setting whose value is not a constant, or that is made under a condition, leaves the pool unknown.
    """
    holding = [s for s in effective(settings, "worker_pool") if s.app is None or s.app == app]
    if not holding:
        return None
    met: list[PoolUse] = []
    for setting in holding:
        if not setting.certain or not isinstance(setting.value, str):
            return NOTHING
        met.append(PoolUse(pool_named(setting.value), str(setting), setting.place))
    return Pools(_each_once(met), True)


def _each_once(uses: Iterable[PoolUse]) -> tuple[PoolUse, ...]:
    return tuple({use.pool: use for use in reversed(list(uses))}.values())[::-1]


def pool_named(text: str) -> Pool:
    """Return the pool that a value of ``worker_pool`` or ``-P`` means; the path of any other class is a custom one."""
    return Pool(ALIASES.get(text, Pool.CUSTOM.value))
