"""Which pools the workers of a project run, with the place that says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import NamedTuple

from flake8_celery_async.options import Options, Pool
from flake8_celery_async.project.deployment.command import NOT_KNOWN, StartCommand
from flake8_celery_async.project.deployment.reading import Unread
from flake8_celery_async.semantics.catalog.pools import ALIASES, DEFAULT_POOL
from flake8_celery_async.semantics.configuration import EVERYTHING, Settings
from flake8_celery_async.source.grouping import grouped
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


class Gap(NamedTuple):
    """Why not all pools are known."""

    reason: str
    place: Place | None
    """What it is about; None where that is something no file has."""


class Pools(NamedTuple):
    """What is known of the pools that run some tasks."""

    met: tuple[PoolUse, ...]
    """Pools that run them, each once; what fails under one of these fails."""
    gaps: tuple[Gap, ...]
    """Why there may be others; empty when there are none."""

    @property
    def every(self) -> tuple[PoolUse, ...]:
        """All of the pools; empty when not all of them are known, which is the normal case."""
        return () if self.gaps else self.met


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


class Fleet:
    """The workers of a project, by app."""

    def __init__(self, workers: Iterable[Worker], apps: Collection[Place], unread: Iterable[Unread] = ()) -> None:
        """Take all workers and all apps of the project, and the files that may start further workers."""
        self.apps = apps
        self.unread = tuple([Gap(file.reason, Place(file.path, 1, 0)) for file in unread])
        """What is not known because a file was not read to its end."""
        self._workers = tuple(workers)
        self._own = grouped(self._workers, lambda worker: worker.app)
        self.strays = self._own.pop(None, [])
        """The workers whose app cannot be told."""

    @cached_property
    def queues(self) -> frozenset[str]:
        """The queues that any worker names."""
        return frozenset([queue for worker in self._workers for queue in worker.command.queues or ()])

    def own(self, app: Place | None) -> list[Worker]:
        """Return the workers of an app; in a project with one app also those whose app cannot be told."""
        is_alone = len(self.apps) <= 1
        if is_alone and app is None:
            return list(self._workers)
        if is_alone and self.strays:
            return [worker for worker in self._workers if worker.app in (app, None)]
        return self._own.get(app, [])


def find_pools(
    options: Options, settings: Settings, fleet: Fleet, asked: Collection[Place], queue: str | None
) -> Pools:
    """Return what is known of the pools of some apps.

    The option overrides what the files say. ``asked`` are the apps asked about, none for all of them. ``queue`` is the
    queue of the tasks asked about, None when that is not known: a worker that names its queues then counts only if
    this is one of them.
    """
    if options.pools:
        return Pools(tuple([PoolUse(pool, "cax-pool", None) for pool in Pool if pool in options.pools]), ())
    found = [_pools_of(app, settings, fleet, queue) for app in sorted(asked or fleet.apps) or (None,)]
    known = together(found)
    if len(found) > 1 and known.gaps:
        return known._replace(met=())  # which of the apps runs the tasks is not known
    return known


def together(found: Collection[Pools]) -> Pools:
    """Return what is known where each of several counts."""
    gaps = dict.fromkeys([gap for pools in found for gap in pools.gaps])
    return Pools(_each_once([use for pools in found for use in pools.met]), tuple(gaps))


def _pools_of(app: Place | None, settings: Settings, fleet: Fleet, queue: str | None) -> Pools:
    """Return what is known of one app."""
    configured = _configured(app, settings)
    own = fleet.own(app)
    strays = fleet.strays if len(fleet.apps) > 1 else []
    gaps = [Gap("the app of a start command cannot be told, so it may be this one", w.place) for w in strays]
    gaps += fleet.unread
    if not own:
        if configured is not None:
            return together([configured, Pools((), tuple(gaps))])
        return Pools((), (Gap("no start command and no worker_pool is seen", None), *gaps))
    meeting = [w for w in own if queue is None or w.command.queues is None or queue in w.command.queues]
    if not meeting:
        gaps.append(Gap("no start command is seen that serves such a queue", None))
    elif all(w.command.path.startswith(_REHEARSALS) for w in meeting):
        gaps.append(Gap("only a CI job is seen to start a worker", meeting[0].place))
    return together([*[_run_by(worker, configured) for worker in meeting], Pools((), tuple(gaps))])


def run_by(worker: Worker, app: Place | None, settings: Settings) -> Pools:
    """Return what is known of the pool that a worker of an app runs."""
    return _run_by(worker, _configured(app, settings))


def _run_by(worker: Worker, configured: Pools | None) -> Pools:
    written = worker.command.pool
    if written == NOT_KNOWN:
        return Pools((), (Gap("the pool of a start command is not written out where it stands", worker.place),))
    if configured is not None and leaves_choice(worker):
        return configured
    return Pools((PoolUse(pool_named(written or DEFAULT_POOL), worker.command.said, worker.place),), ())


def leaves_choice(worker: Worker) -> bool:
    """Say whether the configuration chooses the pool of a worker, if it names one.

    It also beats ``-P prefork``, the default of the option (LAB 14a).
    """
    written = worker.command.pool
    return written is None or (worker.is_command and written != NOT_KNOWN and pool_named(written) is Pool.PREFORK)


def _configured(app: Place | None, settings: Settings) -> Pools | None:
    """Return the pool that the configuration of an app names; None when it names none.

    A setting whose value is not a constant, or that is made under a condition, leaves the pool unknown.
    """
    found: list[Pools] = []
    for setting in settings.holding(app, "worker_pool"):
        if setting.name == EVERYTHING:
            found.append(Pools((), (Gap("what is configured there is not in sight", setting.place),)))
        elif not isinstance(setting.value, str):
            found.append(Pools((), (Gap(f"the value of {setting.written} is not a constant", setting.place),)))
        elif not setting.certain:
            reason = f"{setting.written} = '{setting.value}' stands under a condition, or another module says otherwise"
            found.append(Pools((), (Gap(reason, setting.place),)))
        else:
            found.append(Pools((PoolUse(pool_named(setting.value), str(setting), setting.place),), ()))
    known = together(found)
    return None if not found else known if not known.gaps else known._replace(met=())


def _each_once(uses: Iterable[PoolUse]) -> tuple[PoolUse, ...]:
    return tuple({use.pool: use for use in reversed(list(uses))}.values())[::-1]


def pool_named(text: str) -> Pool:
    """Return the pool that a value of ``worker_pool`` or ``-P`` means; the path of any other class is a custom one."""
    return Pool(ALIASES.get(text, Pool.CUSTOM.value))
