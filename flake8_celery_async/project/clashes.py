"""The bridges that fail under a pool which runs the tasks that reach them, as soon as two of them overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from flake8_celery_async.options import Pool
from flake8_celery_async.project.pools import Pools, PoolUse
from flake8_celery_async.project.ways import Visit
from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.semantics.bridges import LASTING, THREAD, Bridge
from flake8_celery_async.semantics.catalog.bridges import GREENLETS, REAL_THREADS
from flake8_celery_async.semantics.catalog.pools import PATCHING_POOLS
from flake8_celery_async.source.blocks import around
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.grouping import grouped
from flake8_celery_async.source.module import Attribute, Call, Constant, Function, Module, Name, of_facts
from flake8_celery_async.source.origins import External, Frame, Hold, Made, Method, Place, is_kept
from flake8_celery_async.source.stored import THREAD_LOCALS

_LOCALS = THREAD_LOCALS | {"gevent.local.local", "asgiref.local.Local"}
"""Classes whose objects have attributes of their own in each thread or greenlet."""


class Clash(NamedTuple):
    """A bridge that contradicts the pool in which it runs."""

    bridge: Bridge
    visit: Visit
    cause: Literal["greenlets", "patched threads", "loop thread", "shared loop"]
    """What two tasks share.

    A thread with a running loop, also where the bridge is handed to a thread, as those are patched; such a thread with
    a loop of the project; or one loop.
    """
    pools: tuple[PoolUse, ...]


def find_clashes(worker: WorkerCode, pools_at: Callable[[Visit], Pools], evaluator: Evaluator) -> Iterator[Clash]:
    """Yield the clashes, nearest to a task first, one for each loop and function (LAB 10a, 10b)."""
    seen: set[tuple[Place, Function]] = set()
    for bridge, visit, _ in worker.crossings:
        key = (bridge.group, bridge.frame.function)
        if key in seen or bridge.loop == THREAD:
            continue
        here = _in_task(bridge, visit)
        if not here and not _in_greenlet(bridge, visit, evaluator):
            continue
        pools = pools_at(visit).met
        green = tuple([use for use in pools if use.pool.value in PATCHING_POOLS])
        threads = tuple([use for use in pools if use.pool is Pool.THREADS])
        if green and worker.loop_thread is not None:
            yield Clash(bridge, visit, "loop thread", green)
        elif green:
            yield Clash(bridge, visit, "greenlets" if here else "patched threads", green)
        elif here and threads and _is_shared(bridge, evaluator):
            yield Clash(bridge, visit, "shared loop", threads)
        else:
            continue
        seen.add(key)


def _in_task(bridge: Bridge, visit: Visit) -> bool:
    """Say whether the bridge runs where the task runs, and not in a thread of its own."""
    return not (visit.threaded or visit.passed or bridge.handed) and _begins_in_task(visit)


def _begins_in_task(visit: Visit) -> bool:
    """Say whether a way begins at a task, or at a receiver of a signal that is sent where the task runs."""
    receiver = visit.root.receiver
    return visit.root.task is not None or (receiver is not None and receiver.signal.process == "worker")


def in_real_thread(bridge: Bridge, visit: Visit, evaluator: Evaluator) -> bool:
    """Say whether gevent or eventlet runs the bridge in a thread that is no greenlet: the cure for their pools."""
    return any(
        name in REAL_THREADS
        for call, frame in _handing(bridge, visit)
        for name in evaluator.names(call.function, frame)
    )


def _in_greenlet(bridge: Bridge, visit: Visit, evaluator: Evaluator) -> bool:
    """Say whether a task hands the bridge to one of the threads that patching turns into greenlets (LAB 10d)."""
    if not _begins_in_task(visit) or in_real_thread(bridge, visit, evaluator):
        return False
    handing = [(c, f) for c, f in _handing(bridge, visit) if not GREENLETS.isdisjoint(evaluator.names(c.function, f))]
    return bool(handing) and not any(_lasts(c, f) or _takes_turns(c, f, evaluator) for c, f in handing)


def _handing(bridge: Bridge, visit: Visit) -> Iterator[tuple[Call, Frame]]:
    """Yield the calls, with their frames, that may hand the bridge to something else.

    The bridge itself, and the steps of its way that stand in its module or that of the task or receiver.
    """
    if bridge.handed:
        yield bridge.call, bridge.frame
    if not visit.threaded and not visit.passed:
        return
    root = visit.root.task or visit.root.receiver
    for module in dict.fromkeys([bridge.frame.module, *([root.module] if root is not None else [])]):
        for place in dict.fromkeys([step.place for step in visit.path if step.place.path == module.path]):
            for call, function in _calls(module).get((place.line, place.column), ()):
                yield call, Frame(module, function)


@of_facts
def _calls(module: Module) -> dict[tuple[int, int], list[tuple[Call, Function]]]:
    """Return the calls of a module, with their functions, by line and column."""
    calls = [(call, function) for function in module.functions for call in function.calls]
    return grouped(calls, lambda found: (found[0].line, found[0].column))


def _lasts(call: Call, frame: Frame) -> bool:
    """Say whether a thread is started once for all tasks: under a condition, or kept in a global or an attribute."""
    function = frame.function
    if not isinstance(call.function, (Attribute, Name)) or call.keyword("target") is None:
        return False
    kept = any(
        assignment.value == call
        and (isinstance(assignment.target, Attribute) or getattr(assignment.target, "id", "") in function.outer)
        for assignment in function.assignments
    )
    return kept or any(block.kind == "if" for _, block in around(function, call.block))


def _takes_turns(call: Call, frame: Frame, evaluator: Evaluator) -> bool:
    """Say whether a kept executor runs one thing at a time, or as many as cannot be told."""
    for origin in evaluator.origins(call.function, frame):
        owner = origin.receiver if isinstance(origin, Method) else None
        if isinstance(owner, Made) and is_kept(owner.hold) and owner.call is not None:
            size = owner.call.argument(0, "max_workers")
            if size is not None and (not isinstance(size, Constant) or size.value == 1):
                return True
    return False


def _is_shared(bridge: Bridge, evaluator: Evaluator) -> bool:
    """Say whether all threads drive the bridge's loop and no lock keeps them apart."""
    call, frame = bridge.call, bridge.frame
    if bridge.loop != LASTING or not isinstance(call.function, Attribute):
        return False
    if any(block.kind == "with" for _, block in around(frame.function, call.block)):
        return False
    return any(
        isinstance(origin, Made) and origin.hold is not None and _serves_all_threads(origin.hold, evaluator)
        for origin in evaluator.origins(call.function.value, frame)
    )


def _serves_all_threads(hold: Hold, evaluator: Evaluator) -> bool:
    """Say whether every thread finds the same value there."""
    if hold.kind == "instance attribute":
        owner = hold.owner
        if owner is None or owner.hold is None or not _serves_all_threads(owner.hold, evaluator):
            return False
        return not any(isinstance(base, External) and base.name in _LOCALS for base in evaluator.lineage(owner.cls))
    if hold.kind == "global":
        return "." not in hold.name  # ``local.loop`` may be a thread's own
    return hold.kind in ("cache", "class attribute")
