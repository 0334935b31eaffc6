"""Can anybody ever wait in a lock that is kept? Only then does it bind itself to a loop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import inf

from flake8_celery_async.options import Pool
from flake8_celery_async.project.acts import By
from flake8_celery_async.project.company import BESIDE, mentions_company
from flake8_celery_async.project.graph import Project
from flake8_celery_async.project.sync_code import LONGEST_PATH
from flake8_celery_async.project.ways import Crossing, Reached, Use, numbers
from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.semantics.bridges import FRESH
from flake8_celery_async.semantics.resources import Resource
from flake8_celery_async.source.blocks import inside
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import ASYNC_ENTERED, ASYNC_ITERATED, AWAITED, Call, Constant, Function, Starred
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import Literal, Place

_LOCKS = frozenset({"asyncio.Lock", "asyncio.Semaphore", "asyncio.BoundedSemaphore"})
"""What nobody waits in who has it alone; for an event or a queue one waits alone as well."""
_WAITS = frozenset({ASYNC_ENTERED, ASYNC_ITERATED, AWAITED})
_CONCURRENT = frozenset({Pool.THREADS, Pool.GEVENT, Pool.EVENTLET, Pool.CUSTOM})


def is_uncontended(resource: Resource, project: Project) -> bool:
    """Say whether nobody ever waits in a primitive.

    All its uses in worker code are ``async with`` sections; and none of them awaits anything, or, in pools that run one
    task at a time, each loop runs one coroutine alone or no more than may be inside at once.
    """
    uses = project.worker.uses_of(resource.place) if resource.row.name in _LOCKS else ()
    sections = [(use, section) for use in uses for section in [_section(use)] if section is not None]
    if not uses or len(sections) < len(uses):
        return False
    if not any(_awaits(use.reached.frame.function, section) for use, section in sections):
        return True
    if any(_pools(use, project) & _CONCURRENT for use in uses):
        return False
    if all(use.reached.frame.function in project.lone_coroutines for use in uses):
        return True
    return _most_at_once(uses, project.worker) <= _room(resource, project.evaluator)


def _room(resource: Resource, evaluator: Evaluator) -> int:
    """Return how many a lock or a semaphore lets in at once; 0 when that cannot be told."""
    call, frame = resource.made.call, resource.made.frame
    if call is None or frame is None:
        return 0
    value = call.arguments[0] if call.arguments else call.keyword("value")
    if value is None or resource.row.name == "asyncio.Lock":
        return 1
    found = [o.value for o in evaluator.origins(value, frame) if isinstance(o, Literal)]
    rooms = [value.value for value in found if isinstance(value, Constant)]
    return min([room if isinstance(room, int) else 0 for room in rooms], default=0)


def _most_at_once(uses: Sequence[Use], worker: WorkerCode) -> float:
    """Return how many sections can be open at once on one loop; infinite where no end of them is seen.

    Coroutines that are awaited one after the other are counted as if they ran side by side.
    """
    led = {number for use in uses for number in numbers(use.reached.crossings)}
    if not all(_drives_one(worker.crossings[number]) for number in led):
        return inf
    sections = _Sections(Counter([use.reached for use in uses]), worker)
    of_loops: dict[Place, float] = {}
    for number in led:
        group = worker.crossings[number].bridge.group
        of_loops[group] = of_loops.get(group, 0) + sum([sections.of(start) for start in worker.driven_by(number)])
    return max(of_loops.values(), default=0)


def _drives_one(crossing: Crossing) -> bool:
    """Say whether a crossing drives a coroutine on a loop of its own, and its function starts none beside it."""
    bridge, visit, step = crossing
    if bridge.loop != FRESH or bridge.handed or visit.threaded or (step.repeated and bridge.group != bridge.place):
        return False
    return not mentions_company(bridge.frame.function)


class _Sections:
    """How many sections the functions of coroutine code open, with all that they call."""

    def __init__(self, own: Mapping[Reached, int], worker: WorkerCode) -> None:
        """Take the numbers of those that they open themselves."""
        self._own = own
        self._worker = worker
        self._known: dict[Reached, float] = {}

    def of(self, reached: Reached, depth: int = LONGEST_PATH) -> float:
        """Return the number for one function; infinite for one that calls itself, or goes deeper than is followed."""
        if reached not in self._known:
            self._known[reached] = inf  # what is met again on the way calls itself
            self._known[reached] = self._own.get(reached, 0) + (self._called(reached, depth - 1) if depth else inf)
        return self._known[reached]

    def _called(self, reached: Reached, depth: int) -> float:
        """Return the number for what a function calls: a coroutine that it makes and hands on is one, not two."""
        counts: dict[Reached, Counter[By]] = {}
        spreads = any(last_name(call.function) in BESIDE and _is_spread(call) for call in reached.frame.function.calls)
        for onward, entered in self._worker.calls_on_loop(reached):
            if onward.by is By.THREAD:
                continue  # a loop there is another crossing's
            if entered is None:
                return inf
            endless = spreads or onward.step.repeated or onward.by not in (By.CALL, By.GIVEN)
            if self.of(entered, depth) and endless:
                return inf
            counts.setdefault(entered, Counter())[onward.by] += 1
        return sum([max(by.values()) * self.of(entered) for entered, by in counts.items() if self.of(entered)])


def _is_spread(call: Call) -> bool:
    return any(isinstance(value, Starred) for value in call.arguments)


def _pools(use: Use, project: Project) -> set[Pool]:
    return {
        pool.pool
        for number in numbers(use.reached.crossings)
        for pool in project.pools_at(project.worker.crossings[number].visit).met
    }


def _section(use: Use) -> int | None:
    """Return the block of the ``async with`` that enters the object where it is used, and nothing else."""
    for index, block in enumerate(use.reached.frame.function.blocks):
        if block.kind == "async with" and block.line == use.place.line and len(block.values) == 1:
            return None if use.method else index
    return None


def _awaits(function: Function, section: int) -> bool:
    """Say whether anything in a section gives the loop to others."""
    waits = [call.block for call in function.calls if call.use in _WAITS]
    waits += [read.block for read in function.awaits if read.use in _WAITS]
    waits += [leave.block for leave in function.leaves if leave.kind == "yield"]
    waits += [
        index for index, block in enumerate(function.blocks) if block.kind.startswith("async ") and index != section
    ]
    return any(inside(function, block, section) for block in waits)
