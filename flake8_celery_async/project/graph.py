"""The project as the rules see it: modules, their tasks and receivers, and what follows from them, each found once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from flake8_celery_async.options import Options, Pool
from flake8_celery_async.project.alone import TaskFunctions, alone_in_task
from flake8_celery_async.project.apps import named_app
from flake8_celery_async.project.clashes import Clash, find_clashes
from flake8_celery_async.project.closings import Closing, find_closings
from flake8_celery_async.project.coroutines import Coroutines
from flake8_celery_async.project.deployment.command import NOT_KNOWN, StartCommand
from flake8_celery_async.project.endings import Endings
from flake8_celery_async.project.entered import Entered, find_entered
from flake8_celery_async.project.index import Modules
from flake8_celery_async.project.inherited import worked_with
from flake8_celery_async.project.kept import Kept, kept
from flake8_celery_async.project.leftovers import Interrupted, attributes_read, find_interrupted
from flake8_celery_async.project.loading import Loading, discovers, is_worker_setting, listed_modules
from flake8_celery_async.project.nesting import nestable
from flake8_celery_async.project.openings import Fork, Opening, find_fork, loops_driven, takes_current_loop
from flake8_celery_async.project.orm import OrmUse, orm_uses
from flake8_celery_async.project.pairs import Excuses, Pair, Pairs, Shared
from flake8_celery_async.project.pools import Fleet, Gap, Pools, PoolUse, Worker, find_pools, pool_named, together
from flake8_celery_async.project.python_starts import PythonStart, custom_pools, find_starts
from flake8_celery_async.project.queues import queue_of
from flake8_celery_async.project.startup import (
    CHILD_SIGNALS,
    PARENT_SIGNALS,
    Run,
    Work,
    after_fork,
    at_import,
    in_receivers,
    needing_a_loop,
    reach,
    work_of,
)
from flake8_celery_async.project.testing import is_test
from flake8_celery_async.project.thread_loops import ThreadLoops
from flake8_celery_async.project.unclosed import Unclosed, find_unclosed
from flake8_celery_async.project.ways import Crossings, Root, Visit
from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.semantics.catalog import celery_names
from flake8_celery_async.semantics.catalog.pools import PATCHING_POOLS
from flake8_celery_async.semantics.catalog.signals import IN_WORKER
from flake8_celery_async.semantics.configuration import Settings, find_apps, find_settings
from flake8_celery_async.semantics.lazy import api_names
from flake8_celery_async.semantics.loops import mentions_makers
from flake8_celery_async.semantics.tasks import (
    Receiver,
    Task,
    find_receivers,
    find_tasks,
    made_by,
    makers_in,
    run_by_signal,
    run_by_worker,
    without_templates,
)
from flake8_celery_async.semantics.timeouts import Timeouts
from flake8_celery_async.source.blocks import around
from flake8_celery_async.source.certain import Certain
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.grouping import grouped
from flake8_celery_async.source.memory import Memory, facet, query
from flake8_celery_async.source.module import Function, Import, Module, Value
from flake8_celery_async.source.names import Store, absolute, absolute_imports, imported_packages, last_name
from flake8_celery_async.source.origins import ClassObject, Frame, Place
from flake8_celery_async.source.outward import changed_facets, derived_from, heirs_in, looked_up, written_elsewhere
from flake8_celery_async.source.reads import attribute_names
from flake8_celery_async.source.registrations import Registration, registrations_in

_UNNAMED = ","
"""Stands for any queue that no worker names; commas part the names of queues."""
_FARTHEST_IMPORT = 3
"""Imports from a module with coroutines to one whose functions they may reach."""
_ASYNC_METHODS = frozenset({"__aenter__", "__aiter__"})


@query
def tasks_in(module: Module, project: Project) -> tuple[Task, ...]:
    """Return the tasks of a module."""
    return tuple(find_tasks(module, project.evaluator, project.options))


@query
def receivers_in(module: Module, evaluator: Evaluator) -> tuple[Receiver, ...]:
    """Return the receivers of Celery signals that a module connects."""
    return tuple(find_receivers(module, evaluator))


@query
def starts_in(module: Module, evaluator: Evaluator) -> tuple[PythonStart, ...]:
    """Return the workers that a module starts."""
    return tuple(find_starts(module, evaluator))


@query
def names_custom_pool(module: Module, evaluator: Evaluator) -> bool:
    """Say whether a module names the class behind ``-P custom`` in the environment."""
    return bool(custom_pools(module, evaluator))


@query
def apps_in(module: Module, evaluator: Evaluator) -> tuple[Place, ...]:
    """Return where a module makes apps."""
    return tuple(find_apps(module, evaluator))


class Project:
    """A set of modules and the questions asked of all of them together; nothing is worked out before it is asked."""

    def __init__(self, modules: Modules, options: Options, before: Project | None = None) -> None:
        self._modules = modules
        self.options = options
        self.evaluator: Evaluator = Evaluator(self) if before is None else before.evaluator
        self.certain: Certain = Certain(self.evaluator) if before is None else before.certain
        self._pools: dict[tuple[frozenset[Place], str | None], Pools] = {}
        self._kept: dict[Module, list[Kept]] = {}
        self._module_pools: dict[Module, Pools] = {}
        self._queues: dict[tuple[str, int], str | None] = {}
        self._works: dict[tuple[str, ...], frozenset[Work]] = {}

    @property
    def memory(self) -> Memory:
        """Where answers are remembered."""
        return self.evaluator.memory

    def edited(self, modules: Modules, paths: Iterable[str]) -> Project:
        """Return the project with other modules, which remembers all that does not rest on what differs.

        ``paths`` are the files that differ, at least. This one must not be asked anything any more.
        """
        project = Project(modules, self.options, self)
        self.evaluator.change_sources(project)
        before, after = [
            {m.path: m for m in (*p.near.values(), *p.modules.values(), *[p.at(path) for path in paths]) if m}
            for p in (self, project)
        ]
        gone = [m for path, m in before.items() if after.get(path) is not m]
        come = [m for path, m in after.items() if before.get(path) is not m]
        changed = changed_facets(self._names_of(gone), project._names_of(come))
        for module in (*gone, *come):
            changed |= self.memory.mark(module.path)
        self.memory.forget(changed)
        self.memory.forget(changed_facets(self._task_names, project._task_names))
        return project

    def _names_of(self, modules: Iterable[Module]) -> frozenset[tuple[str, str, object]]:
        """Return under what names anybody finds something in some modules: not in each of them it is looked for."""
        found = [module for module in modules if not is_test(module)]
        near = [module for module in found if self.near.get(module.path) is module]
        return looked_up([m for m in near if self.modules.get(m.path) is m]) | derived_from(near)

    @cached_property
    def _task_names(self) -> frozenset[tuple[str, str, object]]:
        """What functions are the bodies of tasks, and of which; see :func:`changed_facets`."""
        return frozenset([("tasks", t.function.qualname, (t.module.path, t.name)) for t in self.tasks])

    def module(self, name: str, importer: Module) -> Module | None:
        """Return the module that ``import name`` means in ``importer``, or None when it is not the project's."""
        found = self._modules.find(name, importer.path)
        if found is not None:
            self.memory.rests |= self.memory.mark(found.path)
        return found

    def _marked(self, question: str, name: str, modules: Iterable[Module]) -> None:
        """Let what is worked out now rest on what all modules have under a name, which is found in some of them."""
        memory = self.evaluator.memory
        memory.rests |= facet(question, name)
        for module in modules:
            memory.rests |= memory.mark(module.path)

    def stores(self, module: Module, path: tuple[str, ...], name: str) -> Sequence[tuple[Module, Store]]:
        """Return the assignments in other modules to the attribute ``name`` of what ``path`` is in ``module``."""
        found = self._stores.get((module, path, name), ())
        self._marked("stores", name, [other for other, _ in found])
        return found

    @cached_property
    def _stores(self) -> dict[tuple[Module, tuple[str, ...], str], list[tuple[Module, Store]]]:
        """The assignments to attributes of imported modules, and of what is imported from them."""
        found: dict[tuple[Module, tuple[str, ...], str], list[tuple[Module, Store]]] = {}
        for module in self.modules.values():
            for written in written_elsewhere(module) if not is_test(module) else ():
                home, rest = self._split(written.path, module)
                if home is not None and home is not module:
                    found.setdefault((home, rest, written.name), []).append((module, written.store))
        return found

    def registrations(self, name: str, home: Module | None = None) -> Sequence[Registration]:
        """Return what any module but the tests gives to a function of this name at import; see :class:`Sources`."""
        found = self._registrations.get(name, ())
        if home is not None and home.path not in self.modules and not is_test(home):
            found = [*found, *[given for given in registrations_in(home) if given.name == name]]
        self._marked("registrations", name, [registration.module for registration in found])
        return found

    @cached_property
    def _registrations(self) -> dict[str, list[Registration]]:
        found = [r for module in self.modules.values() if not is_test(module) for r in registrations_in(module)]
        return grouped(found, lambda registration: registration.name)

    def subclasses(self, name: str) -> Sequence[ClassObject]:
        """Return the classes that name a base whose last part is ``name``; see :class:`Sources`."""
        found = self._subclasses.get(name, ())
        self._marked("subclasses", name, [cls.module for cls in found])
        return found

    @cached_property
    def _subclasses(self) -> dict[str, list[ClassObject]]:
        modules = [module for module in self.near.values() if not is_test(module)]
        found = grouped([heir for module in modules for heir in heirs_in(module)], lambda heir: heir.base)
        return {base: [heir.cls for heir in heirs] for base, heirs in found.items()}

    def _split(self, parts: tuple[str, ...], importer: Module) -> tuple[Module | None, tuple[str, ...]]:
        """Return the longest leading part of a dotted name that is a module, and the names below it."""
        for cut in range(len(parts), 0, -1):
            module = self.module(".".join(parts[:cut]), importer)
            if module is not None:
                return module, parts[cut:]
        return None, ()

    def at(self, path: str) -> Module | None:
        """Return the module of a file of the project, or None."""
        return self._modules.at(path)

    @property
    def modules(self) -> Mapping[str, Module]:
        """The modules, by path, in which tasks, receivers, settings or coroutines may be defined."""
        return self._modules.relevant

    @cached_property
    def tasks(self) -> list[Task]:
        """The tasks of every module."""
        modules = self.modules.values()
        found = [t for m in modules for t in tasks_in(m, self)]
        makers = {name for module in modules for name in makers_in(module)}
        given = [registration for name in sorted(makers) for registration in self.registrations(name)]
        return without_templates([*found, *[t for r in given for t in made_by(r, self.evaluator, self.options)]])

    @cached_property
    def receivers(self) -> list[Receiver]:
        """The receivers of Celery signals in every module."""
        return [r for m in self.modules.values() for r in receivers_in(m, self.evaluator)]

    @cached_property
    def attributes_read(self) -> frozenset[str]:
        """The names of the attributes that the code asks for, also as texts for ``getattr``."""
        return frozenset([name for module in self.modules.values() for name in attribute_names(module)])

    @cached_property
    def settings(self) -> Settings:
        """The Celery settings of every module but the tests."""
        modules = [module for module in self.modules.values() if not is_test(module)]
        return Settings([s for m in modules for s in find_settings(m, self.evaluator, lambda: modules)])

    @cached_property
    def starts(self) -> list[PythonStart]:
        """The workers that the code of every module but the tests starts."""
        return [s for m in self.modules.values() if not is_test(m) for s in starts_in(m, self.evaluator)]

    @cached_property
    def workers(self) -> list[Worker]:
        """The workers that deployment files and Python code start, each with its app."""
        return [
            *[Worker(command, self._named_app(command), True) for command in self._modules.deployed.commands],
            *[Worker(s.command, s.app or self._named_app(s.command), s.is_command) for s in self.starts],
        ]

    def _named_app(self, command: StartCommand) -> Place | None:
        return named_app(command.app, command.path, self._modules.find, self.evaluator) if command.app else None

    @cached_property
    def names_custom_pool(self) -> bool:
        """Whether any module names the class behind ``-P custom`` in the environment."""
        return any(names_custom_pool(module, self.evaluator) for module in self.modules.values())

    @cached_property
    def apps(self) -> frozenset[Place]:
        """Where the apps are made that any module but the tests makes, configures or starts."""
        modules = [module for module in self.modules.values() if not is_test(module)]
        made = frozenset([place for module in modules for place in apps_in(module, self.evaluator)])
        return made | _seen([s.app for s in self.settings]) | _seen([w.app for w in self.workers])

    @cached_property
    def fleet(self) -> Fleet:
        """The workers by app."""
        return Fleet(self.workers, self._working_apps, self._modules.deployed.unread)

    @cached_property
    def _working_apps(self) -> frozenset[Place]:
        """The apps that workers may run: those with tasks, settings, a search for tasks or a start command, if any."""
        found = _seen([task.app_place for task in self.tasks]) | _seen([worker.app for worker in self.workers])
        found |= _seen([setting.app for setting in self.settings if is_worker_setting(setting.name)])
        found |= {app for app in self.apps if app.path in self._discovering}
        return (found & self.apps) or self.apps

    @cached_property
    def _discovering(self) -> frozenset[str]:
        return frozenset([path for path, module in self.modules.items() if discovers(module) and not is_test(module)])

    @cached_property
    def _loading(self) -> Loading:
        """What the workers of each app import."""
        entries: dict[Place, list[Module | None]] = {app: [self.modules.get(app.path)] for app in self._working_apps}
        for worker in self.workers:
            if worker.app in entries and worker.command.app:
                name = worker.command.app.partition(":")[0]
                entries[worker.app].append(self._modules.find(name, worker.command.path))
                entries[worker.app].append(self.modules.get(worker.command.path))
        unseen = {app for app in entries if app.path in self._discovering}
        if self._discovering - {app.path for app in entries}:
            unseen = set(entries)
        for app, modules in entries.items():
            names = listed_modules(app, self.settings)
            listed = [self._modules.find(name, app.path) for name in names or ()]
            modules += listed
            if names is None or None in listed:
                unseen.add(app)
        with_work = {*self._tasks_by_module, *self._receivers_by_module}
        found = {app: [module for module in modules if module is not None] for app, modules in entries.items()}
        return Loading(found, unseen, with_work, self._imported_by)

    def _imported_by(self, module: Module) -> list[Module]:
        """Return the modules that a module imports anywhere, and the packages around it."""
        parts = module.name.split(".")
        around = [self.module(".".join(parts[:end]), module) for end in range(1, len(parts))]
        found = [imported for scope in module.functions for imported in self._imports_of(scope, module, False)]
        return [*found, *[package for package in around if package is not None]]

    def pools_of(self, module: Module) -> tuple[PoolUse, ...]:
        """Return the pools that are known to run the tasks of a module: what fails under one of them fails.

        A project may have several apps: what counts is the app that is made in the module or whose tasks or settings
        stand there, else all of them.
        """
        return self._pools_of_module(module).met

    def every_pool_of(self, module: Module) -> tuple[PoolUse, ...]:
        """Return all pools that run the tasks of a module; empty when not all are known, which is the normal case."""
        return self._pools_of_module(module).every

    def pools_at(self, visit: Visit) -> Pools:
        """Return what is known of the pools in which worker code reaches a function this way."""
        task = visit.root.task
        if task is not None:
            return self.pools_of_task(task)
        receiver = visit.root.receiver
        return self._pools_of_module(receiver.module if receiver is not None else visit.frame.module)

    def runs_greenlets(self, visit: Visit) -> bool:
        """Say whether all of the pools are known to run greenlets in which worker code reaches a function this way."""
        every = self.pools_at(visit).every
        return bool(every) and all(use.pool.value in PATCHING_POOLS for use in every)

    @cached_property
    def under_greenlets(self) -> Crossings:
        """The crossings that are made in greenlets alone."""
        return self.worker.crossings_with(lambda crossing: self.runs_greenlets(crossing.visit))

    @cached_property
    def under_threads(self) -> Crossings:
        """The crossings that are made in a pool of threads."""
        return self.worker.crossings_with(
            lambda crossing: any(use.pool is Pool.THREADS for use in self.pools_at(crossing.visit).met)
        )

    def pools_of_task(self, task: Task) -> Pools:
        """Return what is known of the pools that run a task."""
        return self._pools_where(_seen([self.app_of(task)]), task.module, self.queue(task))

    def app_of(self, task: Task) -> Place | None:
        """Return where a task's app is made; None for a task of all apps, and where that cannot be told."""
        return task.app_place if task.app_place in self.apps else None  # a decorator that is made has a place too

    def apps_of(self, root: Root) -> Sequence[Place | None]:
        """Return the apps whose workers run what begins at a root; None among them stands for any app."""
        found = root.task or root.receiver
        if found is None or (root.task is not None and root.task.app_place is not None):
            return (root.task.app_place if root.task is not None else None,)
        if len(self.fleet.apps) <= 1:
            return (None,)
        loaders = self._loading.of(found.module)
        return sorted(loaders.certain) if loaders.certain and not loaders.possible else (None,)

    def pools_of_app(self, app: Place | None, queue: str | None = None) -> Pools:
        """Return what is known of the pools that run an app's tasks, those of a queue when one is named."""
        return self._find_pools(_seen([app]), queue)

    def workers_of(self, app: Place | None) -> list[Worker]:
        """Return the workers that are known to be an app's; None for an app that is not in sight."""
        return self.fleet.own(app)

    @property
    def allows_python_3_14(self) -> bool:
        """Whether the project says that it may run on Python 3.14."""
        return self._modules.requirements.python_3_14

    @cached_property
    def runs_custom_pool(self) -> bool:
        """Whether any worker is known to run a pool that is not one of Celery's own, which may await coroutines."""
        named = [worker.command.pool for worker in self.workers]
        named += [s.value for s in self.settings.effective("worker_pool") if isinstance(s.value, str)]
        pools = {pool_named(name) for name in named if name not in (None, NOT_KNOWN)}
        return Pool.CUSTOM in self.options.pools or Pool.CUSTOM in pools

    def may_fork(self, module: Module) -> bool:
        """Say whether a worker that runs the tasks of a module may fork: none of its pools is known, or prefork is."""
        known = {use.pool for use in self.pools_of(module)}
        return not known or Pool.PREFORK in known

    def _pools_of_module(self, module: Module) -> Pools:
        if module not in self._module_pools:
            self._module_pools[module] = self._find_pools_of_module(module)
        return self._module_pools[module]

    def _find_pools_of_module(self, module: Module) -> Pools:
        tasks = self.tasks_of(module)
        apps: set[Place | None] = {*self._apps_by_path.get(module.path, ()), *self.settings.apps_of(module.path)}
        apps |= {self.app_of(task) for task in tasks}
        queues = {self.queue(task) for task in tasks} or {None}
        return together([self._pools_where(_seen(apps), module, queue) for queue in sorted(queues, key=str)])

    def _pools_where(self, apps: frozenset[Place], module: Module, queue: str | None) -> Pools:
        """Return what is known of the pools of some apps; of those that import a module where none is named."""
        if apps or len(self.fleet.apps) <= 1:
            return self._find_pools(apps, queue)
        loaders = self._loading.of(module)
        known = self._find_pools(loaders.certain or loaders.possible, queue)
        if not loaders.certain or not loaders.possible:
            return known
        return known._replace(gaps=(*known.gaps, Gap("it cannot be told what another app imports", None)))

    def queue(self, task: Task) -> str | None:
        """Return the queue that a task is sent to; None when that cannot be told."""
        key = (task.module.path, task.function.index)
        if key not in self._queues:
            self._queues[key] = queue_of(task, self.settings, self.evaluator)
        return self._queues[key]

    @cached_property
    def _apps_by_path(self) -> dict[str, list[Place]]:
        return grouped(self.apps, lambda app: app.path)

    def _find_pools(self, apps: frozenset[Place], queue: str | None) -> Pools:
        if queue is not None and queue not in self.fleet.queues:
            queue = _UNNAMED  # all queues that no worker names are served by the same workers
        if (apps, queue) not in self._pools:
            self._pools[apps, queue] = find_pools(self.options, self.settings, self.fleet, apps, queue)
        return self._pools[apps, queue]

    @cached_property
    def fork(self) -> Fork:
        """What the workers' parent opens before it forks, and what its children do about it."""
        before = [run for m in self.imported.values() for run in at_import(m, self.evaluator)]
        after = [run for m in self.imported.values() for run in after_fork(m, self.evaluator)]
        return find_fork(
            reach([*before, *in_receivers(self.receivers, PARENT_SIGNALS)], self.evaluator, self.options),
            reach([*in_receivers(self.receivers, CHILD_SIGNALS), *after], self.evaluator, self.options),
            self.evaluator,
            self.options,
        )

    def openings_in(self, module: Module) -> Sequence[Opening]:
        """Return those of the openings in :attr:`fork` that stand in a module."""
        return self._openings_by_path.get(module.path, ())

    @cached_property
    def _openings_by_path(self) -> dict[str, list[Opening]]:
        return grouped(self.fork.openings, lambda opening: opening.place.path)

    @cached_property
    def driven_loops(self) -> frozenset[Place]:
        """Where the loops that code drives coroutines on after the fork are made."""
        return frozenset(loops_driven(self.children, self.evaluator))

    @cached_property
    def inherited(self) -> frozenset[Place]:
        """Where the objects are made that code works with after the fork."""
        return worked_with(self.children, self.evaluator)

    @cached_property
    def takes_current_loop(self) -> bool:
        """Whether code drives coroutines after the fork on whatever loop is the thread's current one."""
        return takes_current_loop(self.children, self.evaluator)

    @cached_property
    def started(self) -> dict[Function, Run]:
        """What ``worker_process_init`` receivers run, by function, with the shortest way to it."""
        runs = reach(in_receivers(self.receivers, CHILD_SIGNALS), self.evaluator, self.options)
        return {run.frame.function: run for run in reversed(runs)}

    def receivers_work(self, signals: tuple[str, ...]) -> frozenset[Work]:
        """Return what the receivers of some signals do; ``signals`` are last names, such as ``worker_init``."""
        if signals not in self._works:
            targets = [r.target for r in self.receivers if r.signal.name.rpartition(".")[2] in signals]
            works = [work_of(self.runs_of(target)) for target in targets if target is not None]
            self._works[signals] = frozenset().union(*works)
        return self._works[signals]

    def runs_of(self, target: Frame) -> list[Run]:
        """Return what a receiver runs, itself first."""
        return reach([Run(target, "", (), "", target.module)], self.evaluator, self.options)

    def started_in(self, module: Module) -> Sequence[Run]:
        """Return those of :attr:`started` whose function stands in a module."""
        return self._started_by_module.get(module, ())

    @cached_property
    def _started_by_module(self) -> dict[Module, list[Run]]:
        return grouped(self.started.values(), lambda run: run.frame.module)

    def closings_in(self, module: Module) -> Sequence[Closing]:
        """Return the closings on foreign loops that are to be reported in a module, each place's nearest first."""
        return self._closings_by_path.get(module.path, ())

    @cached_property
    def _closings_by_path(self) -> dict[str, list[Closing]]:
        opened = {opening.made for opening in self.fork.openings}
        return find_closings(self.worker, self.evaluator, self.started, opened)

    @cached_property
    def timeouts(self) -> Timeouts:
        """The network calls of the modules."""
        return Timeouts(self.modules.values(), self.evaluator)

    @cached_property
    def attributes_used(self) -> frozenset[str]:
        """The names of the attributes that the project reads, for more than to keep a task in them."""
        return attributes_read(self.modules.values())

    @cached_property
    def imported(self) -> Mapping[str, Module]:
        """The modules, by path, that a worker is seen to import at its start.

        Tasks or receivers live in them or in a module that imports them, or a task reaches them.
        """
        roots = {task.module.path: task.module for task in self.tasks}
        roots |= {task.owner.module.path: task.owner.module for task in self.tasks if task.owner is not None}
        roots |= {r.module.path: r.module for r in self.receivers if r.signal.process in IN_WORKER}
        roots = {path: module for path, module in roots.items() if not is_test(module)}
        reached = [visits[0].frame.module for visits in self.worker.visits.values() if visits]
        found = [
            *roots.values(),
            *reached,
            *[m for root in roots.values() for m in self._imports_of(root.body, root, False)],
        ]
        return {m.path: m for m in sorted(found, key=lambda m: m.path) if not is_test(m)}

    @cached_property
    def opened_at_start(self) -> frozenset[str]:
        """The paths of the modules in which something is opened or made before the worker forks."""
        found = {opening.place.path for opening in self.fork.openings}
        found |= {m.path for m in self.imported.values() for _ in needing_a_loop(m, self.evaluator, self.options)}
        return frozenset(found)

    @cached_property
    def worker(self) -> WorkerCode:
        """What the workers run, beginning at the tasks and at the receivers a worker calls."""
        return WorkerCode(self._roots, self.evaluator, self.options)

    @cached_property
    def children(self) -> WorkerCode:
        """What runs after the fork, in the processes that run tasks."""
        roots = [(root, frame) for root, frame in self._roots if not _is_of_parent(root)]
        if len(roots) == len(self._roots):
            return self.worker
        return WorkerCode(roots, self.evaluator, self.options)

    @cached_property
    def _roots(self) -> list[tuple[Root, Frame]]:
        roots: list[tuple[Root, Frame]] = []
        for task in self.tasks:
            if not is_test(task.module):
                root = Root(f"task '{task.name}'", task.place, task, None)
                roots += [(root, frame) for frame in run_by_worker(task, self.evaluator, self.app_task_classes)]
        for receiver in self.receivers:
            if receiver.target is not None and receiver.signal.process in IN_WORKER:
                target = receiver.target
                place = Place(target.module.path, target.function.line, target.function.column)
                name = f"{receiver.signal.name.rpartition('.')[2]} receiver '{target.function.name}'"
                root = Root(name, place, None, receiver)
                roots += [(root, frame) for frame in run_by_signal(receiver, self.evaluator)]
        return roots

    @cached_property
    def thread_loops(self) -> ThreadLoops:
        """What sets, closes and runs the loops of the threads in which worker code runs."""
        return ThreadLoops(self.worker, self.receivers, self.tasks, self.evaluator)

    @cached_property
    def makes_loops(self) -> bool:
        """Whether any module calls, or imports under another name, something that makes an event loop or a runner.

        A module of helpers (``def run(coroutine): …``) mentions neither Celery nor coroutines: tasks lead to it.
        """
        if any(mentions_makers(module) for module in self.modules.values()):
            return True
        reached = {found[0].frame.module for found in self.worker.visits.values() if found}
        return any(mentions_makers(module) for module in reached)

    @cached_property
    def coroutines(self) -> Coroutines:
        """Coroutine code: what coroutines meet on their loop's thread."""
        modules, evaluator = self.near.values(), self.evaluator
        return Coroutines(modules, evaluator, self.options, self.task_of, lambda: self.worker)

    @cached_property
    def near(self) -> Mapping[str, Module]:
        """The modules, by path, with those that the ones with coroutines import, themselves or through others."""
        found = dict(self.modules)
        latest = [m for m in self.modules.values() if any(function.is_async for function in m.functions)]
        for _ in range(_FARTHEST_IMPORT):
            new = {m.path: m for module in latest for f in module.functions for m in self._imports_of(f, module)}
            latest = [module for path, module in new.items() if path not in found]
            found.update(new)
        return found

    def _imports_of(self, scope: Function, module: Module, types: bool = True) -> Iterator[Module]:
        """Yield the modules of the project that the imports of a scope mean, also those for type checkers alone."""
        for bindings in scope.bindings.values():
            for binding in bindings:
                if isinstance(binding, Import) and (types or not _only_for_types(binding, scope)):
                    base = absolute(module, binding)
                    found = self.module(f"{base}.{binding.name}", module) if binding.name else None
                    found = found or self.module(base, module)
                    if found is not None:
                        yield found

    @cached_property
    def async_names(self) -> frozenset[str]:
        """The names of all that is async: functions, and classes for ``async with`` or ``async for``."""
        names = {f.name for m in self.modules.values() for f in m.functions if f.is_async}
        for module in self.modules.values():
            for cls in module.classes:
                if not _ASYNC_METHODS.isdisjoint(module.functions[cls.body].bindings):
                    names.add(cls.name)
        return frozenset(names)

    @cached_property
    def api_names(self) -> frozenset[str]:
        """The last parts of the names of the async APIs of libraries that the modules, or what is near them, import."""
        imports = [found for module in self.near.values() for found in absolute_imports(module)]
        return api_names({f"{found.module}.{found.name}" if found.name else found.module for found in imports})

    @cached_property
    def sync_names(self) -> frozenset[str]:
        """The names of the plain functions."""
        return frozenset(
            f.name for m in self.near.values() for f in m.functions if f.kind == "function" and not f.is_async
        )

    @cached_property
    def lone_coroutines(self) -> frozenset[Function]:
        """The coroutines that only plain code drives, with nothing else on their loop."""
        modules = [module for module in self.modules.values() if not is_test(module)]
        hosted = [task.function for task in self.tasks if task.function.is_async and self.has_async_pool]
        made_of = [task.made_of.function for task in self.tasks if task.made_of is not None]
        tasks = TaskFunctions(frozenset(hosted), frozenset(made_of))
        return alone_in_task(modules, self.worker, tasks, self.coroutines.running, self.options)

    def task_of(self, function: Function) -> Task | None:
        """Return the task a function is the body of, or None."""
        task = self._tasks_by_function.get(function)
        self.memory.rests |= facet("tasks", function.qualname)
        if task is not None:
            tasks_in(task.module, self)  # what is worked out now rests on what the task rests on
        return task

    @cached_property
    def _tasks_by_function(self) -> dict[Function, Task]:
        return {task.function: task for task in self.tasks}

    def tasks_of(self, module: Module) -> list[Task]:
        """Return the tasks whose function stands in a module."""
        return self._tasks_by_module.get(module, [])

    @cached_property
    def _tasks_by_module(self) -> dict[Module, list[Task]]:
        return grouped(self.tasks, lambda task: task.module)

    def receivers_of(self, module: Module) -> list[Receiver]:
        """Return the receivers that a module connects."""
        return self._receivers_by_module.get(module, [])

    @cached_property
    def _receivers_by_module(self) -> dict[Module, list[Receiver]]:
        return grouped(self.receivers, lambda receiver: receiver.module)

    @property
    def has_async_pool(self) -> bool:
        """Whether a pool that awaits coroutines is imported, or named in the dependencies."""
        return self.imports_any(celery_names.ASYNC_POOLS) or self._modules.requirements.async_pool

    def imports_any(self, roots: frozenset[str]) -> bool:
        """Say whether any module imports from one of the top-level packages."""
        return not self._imported.isdisjoint(roots)

    @cached_property
    def _imported(self) -> frozenset[str]:
        """The top-level packages that the modules import by absolute names."""
        return frozenset([name for module in self.modules.values() for name in imported_packages(module)])

    @cached_property
    def app_task_classes(self) -> list[tuple[Value, Frame]]:
        """What is assigned to ``app.Task`` anywhere: the class of every task of that app."""
        return [
            (store.assignment.value, self.evaluator.frame(module, store.function))
            for module in self.modules.values()
            for (path, name), stores in self.evaluator.stores(module).named.items()
            if name == "Task"
            for store in stores
        ]

    def pairs_at(self, module: Module) -> Sequence[Pair]:
        """Return those of the pairs in :attr:`Pairs.of_bridges` whose bridge stands in a module."""
        return self._pairs_by_bridge.get(module, ())

    @cached_property
    def _pairs_by_bridge(self) -> dict[Module, list[Pair]]:
        return grouped(self.pairs.of_bridges, lambda pair: pair.bridge.frame.module)

    def kept_in(self, module: Module) -> Sequence[Kept]:
        """Return the objects made in a module that are half of a pair, in source order."""
        if module not in self._kept:
            found = sorted(self._shared_by_path.get(module.path, ()), key=lambda shared: shared.nearest.resource.place)
            self._kept[module] = [kept(shared) for shared in found]
        return self._kept[module]

    @cached_property
    def _shared_by_path(self) -> dict[str, list[Shared]]:
        return grouped(self.pairs.of_objects.values(), lambda shared: shared.nearest.resource.place.path)

    def orm_uses_in(self, module: Module) -> Sequence[tuple[Place, OrmUse]]:
        """Return those of :attr:`orm_uses` whose bridge stands in a module."""
        return self._orm_uses_by_module.get(module, ())

    @cached_property
    def _orm_uses_by_module(self) -> dict[Module, list[tuple[Place, OrmUse]]]:
        return grouped(self.orm_uses.items(), lambda use: use[1].bridge.frame.module)

    @cached_property
    def orm_uses(self) -> dict[Place, OrmUse]:
        """The fresh bridges, by place, whose coroutine uses Django's ORM."""
        return orm_uses(self.worker, self.evaluator)

    @cached_property
    def nestable(self) -> frozenset[str]:
        """The names of the bridges that the project lets nest."""
        return nestable(self.modules.values(), self.evaluator)

    def unclosed_in(self, module: Module) -> Sequence[Unclosed]:
        """Return the loops that worker code opens in a module and leaves behind."""
        return self._unclosed_by_module.get(module, ())

    @cached_property
    def unclosed_loops(self) -> frozenset[Place]:
        """The loops, by :attr:`Bridge.group`, that worker code leaves behind."""
        return frozenset([unclosed.loop for found in self._unclosed_by_module.values() for unclosed in found])

    @cached_property
    def _unclosed_by_module(self) -> dict[Module, list[Unclosed]]:
        found = find_unclosed(self.worker, self.evaluator) if self.makes_loops else ()
        return grouped(found, lambda unclosed: unclosed.visit.frame.module)

    def clashes_in(self, module: Module) -> Sequence[Clash]:
        """Return the bridges in a module that fail under a pool which reaches them."""
        return self._clashes_by_module.get(module, ())

    @cached_property
    def clashing(self) -> frozenset[Place]:
        """The places of the bridges that fail under a pool which reaches them."""
        return frozenset([clash.bridge.place for found in self._clashes_by_module.values() for clash in found])

    @cached_property
    def _clashes_by_module(self) -> dict[Module, list[Clash]]:
        clashes = find_clashes(self.worker, self.pools_at, self.evaluator)
        return grouped(clashes, lambda clash: clash.bridge.frame.module)

    @cached_property
    def interrupted(self) -> list[Interrupted]:
        """The lasting bridges that a soft time limit leaves with their coroutine still going."""
        return list(find_interrupted(self))

    @cached_property
    def pairs(self) -> Pairs:
        """Bridges whose loop ends with the kept objects they reach."""
        return Pairs(self.worker, self.endings, self.excuses)

    @cached_property
    def entered(self) -> dict[Place, Entered]:
        """The clients made at import, by place, that a task enters, so that the second call finds them closed."""
        visits = [visit for found in self.worker.visits.values() for visit in found]
        return find_entered(visits, self.evaluator, self.options)

    def entered_in(self, module: Module) -> Sequence[tuple[Place, Entered]]:
        """Return those of :attr:`entered` that are made in a module."""
        return self._entered_by_path.get(module.path, ())

    @cached_property
    def _entered_by_path(self) -> dict[str, list[tuple[Place, Entered]]]:
        return grouped(self.entered.items(), lambda entered: entered[0].path)

    @cached_property
    def excuses(self) -> Excuses:
        """What makes the objects that coroutine code uses safe on loops that end."""
        return Excuses(self.worker, self.endings, self.evaluator, self._modules)

    @cached_property
    def endings(self) -> Endings:
        """How the loops end that worker code runs coroutines on."""
        return Endings(self.worker, self.evaluator, self.pools_at, self.queue, self.apps_of, lambda: self.workers)


def _is_of_parent(root: Root) -> bool:
    """Say whether the worker's parent runs what begins at a root."""
    return root.receiver is not None and root.receiver.signal.process == "parent"


def _seen(places: Iterable[Place | None]) -> frozenset[Place]:
    return frozenset([place for place in places if place is not None])


def _only_for_types(binding: Import, scope: Function) -> bool:
    """Say whether an import stands under ``if TYPE_CHECKING``."""
    return any(
        block.kind == "if" and last_name(block.values[0]) == "TYPE_CHECKING"
        for _, block in around(scope, binding.block)
    )
