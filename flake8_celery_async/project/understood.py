"""What is understood of the workers and their pools, for a reader: by app, with what could not be told and why."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.options import Pool
from flake8_celery_async.project.deployment.command import NOT_KNOWN
from flake8_celery_async.project.graph import Project
from flake8_celery_async.project.pools import Pools, Worker, leaves_choice, pool_named, run_by
from flake8_celery_async.project.tree import Node
from flake8_celery_async.project.wording import listed
from flake8_celery_async.semantics.configuration import EVERYTHING, Setting
from flake8_celery_async.semantics.values import Table, Unknown
from flake8_celery_async.source.grouping import grouped
from flake8_celery_async.source.origins import Place

_SHOWN = ("worker_pool", "worker_concurrency", "task_default_queue", "task_queues", "task_routes")
"""The settings that say how workers run and what goes to which of them."""


def understood(project: Project) -> list[Node]:
    """Return a tree for each app, for the start commands of none, and for the tasks of none, where there are any."""
    apps: list[Place | None] = [*sorted(project.apps)]
    if not apps and (project.workers or project.settings or project.options.pools):
        apps = [None]
    found = [_app(app, project) for app in apps]
    if len(apps) > 1:
        strays = [_worker(worker, None, project) for worker in project.workers if worker.app is None]
        if strays:
            found.append(Node("start commands whose app cannot be told", None, tuple(strays)))
        if any(task.app_place is None for task in project.tasks):
            conclusion = _conclusion("the rules go by", project.pools_of_app(None), project)
            found.append(Node("tasks whose app cannot be told, such as those of @shared_task", None, (conclusion,)))
    return found


def is_known(project: Project) -> bool:
    """Say whether the pool of any worker is known."""
    return any(project.pools_of_app(app).met for app in project.apps or (None,))


def _app(app: Place | None, project: Project) -> Node:
    workers = project.workers_of(app)
    settings = [s for name in _SHOWN for s in project.settings.holding(app, name)]
    children = [
        *[_worker(worker, app, project) for worker in workers],
        *dict.fromkeys([_setting(setting) for setting in settings]),
        *_contradictions(workers, app, project),
        _rules(app, project),
    ]
    return Node("app" if app is not None else "no app in sight", app, tuple(children))


# -- start commands ----------------------------------------------------------------------------------------------------


def _worker(worker: Worker, app: Place | None, project: Project) -> Node:
    command = worker.command
    is_stray = worker.app is None and len(project.apps) > 1
    known = Pools((), ()) if is_stray and leaves_choice(worker) else run_by(worker, app, project.settings)
    said = ["worker: " + _pool(worker, known)]
    if command.concurrency is not None:
        said.append(f"concurrency {command.concurrency}")
    if command.queues is not None:
        said.append(f"queue{'s' if len(command.queues) > 1 else ''} {listed(command.queues)}")
    children = [Node(f"contradiction: it asks for prefork, but {said} wins") for said in _beaten(worker, known)]
    if worker.app is None and (command.app is not None or worker.is_command):
        why = "no -A is written out" if command.app is None else f"-A {command.app} names no app in sight"
        children.append(Node(why if app is None else f"{why}, so it counts for the only app"))
    return Node(", ".join(said), worker.place, tuple(children))


def _pool(worker: Worker, known: Pools) -> str:
    written = worker.command.pool
    if not known.met:
        return "pool not known" if written == NOT_KNOWN else "the pool of its configuration, which is not known"
    name = known.met[0].pool.value
    if known.met[0].place != worker.place:
        return f"{name} pool, by the configuration"
    if written is None:
        return f"{name} pool, the default"
    return f"{name} pool ({written})" if name == Pool.CUSTOM.value != written else f"{name} pool"


def _beaten(worker: Worker, known: Pools) -> list[str]:
    """Return what says so where the configuration names another pool than the command, and beats it."""
    written = worker.command.pool
    if written is None or written == NOT_KNOWN:
        return []
    return [f"worker_pool ({use.said})" for use in known.met if use.pool is not pool_named(written)]


def _contradictions(workers: list[Worker], app: Place | None, project: Project) -> Iterator[Node]:
    """Yield where several start commands serve the same queue under different pools.

    That is legal. Commands whose queues are not written out are taken together.
    """
    by_queue: dict[str | None, dict[Pool, list[str]]] = {}
    for worker in workers:
        for use in run_by(worker, app, project.settings).met:
            for queue in worker.command.queues or (None,):
                said = by_queue.setdefault(queue, {}).setdefault(use.pool, [])
                if worker.command.said not in said:
                    said.append(worker.command.said)
    texts: dict[str, list[str | None]] = {}
    for queue, pools in by_queue.items():
        if len(pools) > 1 and len({place for places in pools.values() for place in places}) > 1:
            texts.setdefault("; ".join([f"{p.value} in {listed(said)}" for p, said in pools.items()]), []).append(queue)
    for text, queues in texts.items():
        named = [queue for queue in queues if queue is not None]
        of = f"for the queue{'s' if len(named) > 1 else ''} {listed(named)}" if named else "where no queue is named"
        yield Node(f"contradiction: different pools {of}: {text}")


# -- settings ----------------------------------------------------------------------------------------------------------


def _setting(setting: Setting) -> Node:
    if setting.name == EVERYTHING:
        return Node("configuration that is not in sight may set anything", setting.place)
    text = f"{setting.written} = {_shown(setting.value)}"
    if setting.variable:
        text += f" (the default of {setting.variable})"
    return Node(text if setting.certain else f"{text}, but that is not certain", setting.place)


def _shown(value: object) -> str:
    if isinstance(value, Unknown):
        return "a number" if value is Unknown.NUMBER else "something that is not a constant"
    if isinstance(value, Table):
        return f"a dict with {len(value.items)} {'key' if len(value.items) == 1 else 'keys'}"
    if isinstance(value, tuple):
        return f"a list of {len(value)}"
    return repr(value)


# -- what the rules go by ----------------------------------------------------------------------------------------------


def _rules(app: Place | None, project: Project) -> Node:
    pools = project.pools_of_app(app)
    conclusion = _conclusion("the rules go by", pools, project)
    queues: dict[Pools, list[str]] = {}
    for queue in _queues(app, project):
        found = project.pools_of_app(app, queue)
        if found != pools:
            queues.setdefault(found, []).append(queue)
    special = [
        _conclusion(f"tasks sent to the queue{'s' if len(names) > 1 else ''} {listed(names)}", found, project)
        for found, names in queues.items()
    ]
    return conclusion._replace(children=(*conclusion.children, *special))


def _queues(app: Place | None, project: Project) -> list[str]:
    """Return the queues that tasks of an app are known to be sent to; a task without an app may be any app's."""
    tasks = [task for task in project.tasks if task.app_place in (None, app)]
    return sorted({queue for task in tasks if (queue := project.queue(task)) is not None})


def _conclusion(subject: str, pools: Pools, project: Project) -> Node:
    reasons = grouped(pools.gaps, lambda gap: gap.reason)
    gaps = tuple([Node(reason + _more(len(alike) - 1), alike[0].place) for reason, alike in reasons.items()])
    if project.options.pools:
        # The option wins over every file, so one that is not read would change nothing.
        return Node(f"{subject}: cax-pool = {', '.join([use.pool.value for use in pools.met])}, whatever the files say")
    if not pools.met:
        return Node(f"{subject}: no pool is known, so rules that need one stay silent", None, gaps)
    met = listed([f"{use.pool.value} ({use.said})" for use in pools.met])
    if pools.gaps:
        return Node(f"{subject}: {met}, maybe others, so rules that need to know all stay silent", None, gaps)
    return Node(f"{subject}: {met}, and no other")


def _more(count: int) -> str:
    return f" (and {count} more like this one)" if count else ""
