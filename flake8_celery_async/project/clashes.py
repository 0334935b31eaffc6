"""The bridges that fail under a pool which runs the tasks that reach them, as soon as two of them overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from flake8_celery_async.options import Pool
from flake8_celery_async.project.pools import Pools, PoolUse
from flake8_celery_async.project.ways import Visit
from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.semantics.bridges import LASTING, THREAD, Bridge
from flake8_celery_async.semantics.catalog.pools import PATCHING_POOLS
from flake8_celery_async.source.blocks import around
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import Attribute, Function
from flake8_celery_async.source.origins import Made, Place


class Clash(NamedTuple):
    """A bridge that contradicts the pool in which it runs."""

    bridge: Bridge
    visit: Visit
    cause: Literal["greenlets", "loop thread", "shared loop"]
    """What two tasks share: a thread with a running loop, such a thread with a loop of the project, or one loop."""
    pools: tuple[PoolUse, ...]


def find_clashes(worker: WorkerCode, pools_at: Callable[[Visit], Pools], evaluator: Evaluator) -> Iterator[Clash]:
    """Yield the clashes, nearest to a task first, one for each loop and function (LAB 10a, 10b)."""
    seen: set[tuple[Place, Function]] = set()
    for bridge, visit, _ in worker.crossings:
        key = (bridge.group, bridge.frame.function)
        if key in seen or bridge.loop == THREAD or not _in_task(bridge, visit):
            continue
        pools = pools_at(visit).met
        green = tuple([use for use in pools if use.pool.value in PATCHING_POOLS])
        threads = tuple([use for use in pools if use.pool is Pool.THREADS])
        if green:
            yield Clash(bridge, visit, "greenlets" if worker.loop_thread is None else "loop thread", green)
        elif threads and _is_shared(bridge, evaluator):
            yield Clash(bridge, visit, "shared loop", threads)
        else:
            continue
        seen.add(key)


def _in_task(bridge: Bridge, visit: Visit) -> bool:
    """Say whether the bridge runs where the task runs, and not in a thread of its own."""
    if visit.threaded or visit.passed or bridge.handed:
        return False
    receiver = visit.root.receiver
    return visit.root.task is not None or (receiver is not None and receiver.signal.process == "worker")


def _is_shared(bridge: Bridge, evaluator: Evaluator) -> bool:
    """Say whether all threads drive the bridge's loop and no lock keeps them apart."""
    call, frame = bridge.call, bridge.frame
    if bridge.loop != LASTING or not isinstance(call.function, Attribute):
        return False
    if any(block.kind == "with" for _, block in around(frame.function, call.block)):
        return False
    return any(
        isinstance(origin, Made)
        and origin.hold is not None
        and (origin.hold.kind in ("cache", "class attribute") or _is_global(origin.hold.kind, origin.hold.name))
        for origin in evaluator.origins(call.function.value, frame)
    )


def _is_global(kind: str, name: str) -> bool:
    return kind == "global" and "." not in name  # ``local.loop`` may be a thread's own
