"""Asynchronous work that somebody started: does anything wait for it, cancel it, or clean up after it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from flake8_celery_async.options import Pool
from flake8_celery_async.project.sync_code import crossings_from
from flake8_celery_async.project.testing import is_test
from flake8_celery_async.project.ways import Root, Visit
from flake8_celery_async.semantics.bridges import LASTING, Bridge
from flake8_celery_async.semantics.catalog.bridges import LOOP_GETTERS
from flake8_celery_async.semantics.resources import innermost
from flake8_celery_async.semantics.tasks import Task
from flake8_celery_async.semantics.values import Unknown
from flake8_celery_async.source.blocks import around, inside
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.handles import (
    BOUND,
    GATHERED,
    GIVEN,
    METHOD,
    PASSED,
    STORED,
    Handle,
    Use,
    follow,
    follow_names,
    unseen,
)
from flake8_celery_async.source.memory import query
from flake8_celery_async.source.module import (
    AWAITED,
    STATEMENT,
    Attribute,
    Await,
    Call,
    Constant,
    Function,
    Module,
    Name,
    Starred,
    Stored,
    Subscript,
    Value,
    of_facts,
)
from flake8_celery_async.source.names import find, last_name
from flake8_celery_async.source.origins import Coroutine, Frame, FunctionObject, Made, Managed, Place, name_of

if TYPE_CHECKING:
    from flake8_celery_async.project.graph import Project

STARTERS = frozenset(
    {
        "asyncio.create_task", "asyncio.ensure_future", "asyncio.tasks.create_task", "asyncio.tasks.ensure_future",
        "asyncio.gather", "asyncio.tasks.gather",
        *[f"{getter}().create_task" for getter in LOOP_GETTERS],
    }
)  # fmt: skip
STARTER_NAMES = frozenset({"create_task", "ensure_future", "gather"})
_PRIMITIVES = frozenset({f"asyncio.{name}()" for name in ("Queue", "Event", "Future", "Condition", "PriorityQueue")})
_IDLE_METHODS = frozenset(
    {"add_done_callback", "remove_done_callback", "set_name", "get_name", "done", "append", "add", "discard", "remove"}
)
"""Methods of a task, and of a container of tasks, that wait for nothing."""
_TAKES_IN = frozenset({"append", "add"})
_CLEANS = frozenset({"all_tasks", "cancel"})
_LIBRARIES_OF_LOOPS = frozenset({"anyio", "asyncer", "asyncio", "concurrent", "trio", "uvloop"})
"""Whose loops, runners, tasks and futures ``close()`` and ``cancel()`` act on what is left."""
_HOOKS = frozenset({"after_return", "on_failure", "on_retry", "before_start", "__call__"})
_DEPTH = 2


class Fate(Enum):
    """What becomes of a started task."""

    DROPPED = "dropped"
    LEFT = "left by a wait that ends before it"
    RETURNED = "returned"
    UNKNOWN = "somebody may wait for it"


def fate(call: Call, frame: Frame, reads: Container[str]) -> tuple[Fate, str]:
    """Return what a function does with the task that a call starts, and what it is kept in, if anything.

    ``reads`` are the attributes that the project reads: nothing waits for what is kept in one of another name.
    """
    if call.use == STATEMENT:
        return Fate.DROPPED, ""
    if call.use == AWAITED:
        return Fate.UNKNOWN, ""
    function, module = frame.function, frame.module
    handle = follow(module, function, call)
    if unseen(function, handle):
        return Fate.UNKNOWN, ""
    returned, container, left = False, "", False
    for use in handle.uses:
        if use.kind == GIVEN and use.name == "return":
            returned = True
        elif use.kind == PASSED and _is_put_in(use):
            container = _container(use, module, function)
            if not container:
                return Fate.UNKNOWN, ""
        elif use.kind == GATHERED:
            container = use.name
        elif use.kind == STORED and _is_of_self(use) and use.name not in reads:
            container = f"self.{use.name}"
        elif _leaves_the_rest(use):
            left = True
        elif not _is_idle(use):
            return Fate.UNKNOWN, ""
    if left:
        return (Fate.UNKNOWN if returned else Fate.LEFT), ""
    if returned:
        return (Fate.UNKNOWN if container else Fate.RETURNED), ""
    if not handle.names and not container:
        return Fate.UNKNOWN, ""
    return Fate.DROPPED, container


def _is_of_self(use: Use) -> bool:
    target = use.assignment.target if use.assignment is not None else None
    return isinstance(target, Attribute) and target.value == Name("self")


def attributes_read(modules: Iterable[Module]) -> frozenset[str]:
    """Return the names of the attributes of which some modules do more than to store a task in them."""
    found: set[str] = set()
    for module in modules:
        for function in module.functions:
            found |= _attributes_read(function)
    return frozenset(found)


@of_facts
def _attributes_read(function: Function) -> frozenset[str]:
    stored = Counter([(assignment.target, assignment.line) for assignment in function.assignments])
    touched = Counter([(read.value, read.line) for read in function.touches])
    found = {name for read, times in touched.items() if times > stored[read] for name in _attributes(read[0])}
    found |= {name for read in function.awaits for name in _attributes(read.value)}
    for call in function.calls:
        callee = call.function
        if isinstance(callee, Attribute) and callee.name not in _IDLE_METHODS:
            found |= set(_attributes(callee.value))
        elif last_name(callee) == "getattr":
            found |= {v.value for v in call.arguments if isinstance(v, Constant) and isinstance(v.value, str)}
    return frozenset(found)


def _attributes(value: Value) -> Iterator[str]:
    """Yield the names of the attributes in ``a.b[0].c``."""
    while isinstance(value, (Attribute, Subscript, Await, Starred)):
        if isinstance(value, Attribute):
            yield value.name
        value = value.value


def _leaves_the_rest(use: Use) -> bool:
    """Say whether tasks are given to a ``wait()`` that may end before them, and nobody asks which are left."""
    call = use.call
    if use.kind != PASSED or call is None or call.use != AWAITED or last_name(call.function) != "wait":
        return False
    until = call.keyword("return_when")
    return until is not None and last_name(until) in _SHORT and not _asks_what_is_left(call, use.function)


_SHORT = frozenset({"FIRST_COMPLETED", "FIRST_EXCEPTION"})


def _asks_what_is_left(call: Call, function: Function) -> bool:
    """Say whether anything but the first half of what ``await wait(…)`` gives is used."""
    for assignment in function.assignments:
        if _holds(assignment.value, call):
            value, target = assignment.value, assignment.target
            half = value.key if isinstance(value, Subscript) else None
            if half != Constant(0) and not (isinstance(target, Name) and not function.reads.get(target.id, 0)):
                return True
    others = [leave.value for leave in function.leaves]
    others += [value for block in function.blocks for value in block.values]
    others += [value for other in function.calls if other is not call for value in (other.function, *other.arguments)]
    return any(_holds(value, call) for value in others)


def _holds(value: object, call: Call) -> bool:
    """Say whether a call stands somewhere in a value."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if part is call:
            return True
        if isinstance(part, tuple):
            waiting.extend(part)
    return False


def _is_idle(use: Use) -> bool:
    return use.kind in (METHOD, BOUND) and use.name in _IDLE_METHODS


def _is_put_in(use: Use) -> bool:
    return use.call is not None and isinstance(use.call.function, Attribute) and use.call.function.name in _TAKES_IN


def _container(use: Use, module: Module, function: Function) -> str:
    """Return the name of a container that nothing waits for, or an empty string when something may."""
    callee = use.call.function if use.call is not None else None
    if not isinstance(callee, Attribute) or not isinstance(callee.value, Name):
        return ""
    name = callee.value.id
    found = find(module, function, name)
    if found is None or not all(isinstance(binding, Stored) for binding in found[1]):
        return ""
    idle = _idle_containers(module)
    key = (found[0].index, name)
    if key not in idle:
        idle[key] = _is_idle_container(name, found[0], module)
    return name if idle[key] else ""


@of_facts
def _idle_containers(module: Module) -> dict[tuple[int, str], bool]:
    """Return what is known of containers, by the scope and the name of each; it is filled as they are met."""
    return {}


def _is_idle_container(name: str, home: Function, module: Module) -> bool:
    """Say whether nothing in a module waits for what is put into a container that a scope binds."""
    for scope in module.functions if home.kind == "module" else [home]:
        if scope is not home and (name in scope.bindings or scope.parent != 0):
            continue  # nested scopes are followed with the one around them
        names = {name}
        handle = Handle(frozenset(names), tuple(follow_names(module, scope, names)))
        if unseen(scope, handle) or not all(_is_idle(use) for use in handle.uses):
            return False
    return True


def is_endless(call: Call, frame: Frame, evaluator: Evaluator) -> bool:
    """Say whether the coroutine that is started never ends by itself: ``while True`` without a way out."""
    for value in call.arguments[:1]:
        for origin in evaluator.origins(value, frame):
            if isinstance(origin, Coroutine):
                function = origin.frame.function
                for index, block in enumerate(function.blocks):
                    if block.kind == "while" and block.values == (Constant(True),):
                        ways_out = [leave.block for leave in function.leaves if leave.kind in ("return", "break")]
                        return not any(inside(function, way_out, index) for way_out in ways_out)
    return False


def is_waited_for_otherwise(call: Call, frame: Frame, evaluator: Evaluator) -> bool:
    """Say whether the function waits for a queue, an event or a future that it gave to the coroutine it starts."""
    for value in call.arguments[:1]:
        if isinstance(value, Call):
            for argument in (*value.arguments, *[v for _, v in value.keywords]):
                if isinstance(argument, Name) and not _PRIMITIVES.isdisjoint(evaluator.names(argument, frame)):
                    return True
    return False


# -- clean-up ----------------------------------------------------------------------------------------------------------


def cleans(frame: Frame, evaluator: Evaluator, words: frozenset[str] = _CLEANS) -> bool:
    """Say whether a function calls something of that name, itself or through helpers."""
    return _cleans(frame, words, _DEPTH, evaluator)


@query
def _cleans(frame: Frame, words: frozenset[str], depth: int, evaluator: Evaluator) -> bool:
    for call in frame.function.calls:
        if last_name(call.function) in words:
            return True
        if depth:
            for origin in evaluator.origins(call.function, frame):
                if isinstance(origin, FunctionObject) and origin.function is not frame.function:
                    if _cleans(origin.frame, words, depth - 1, evaluator):
                        return True
    return False


def cleans_up(frame: Frame, evaluator: Evaluator) -> bool:
    """Say whether a function cancels what is left of its coroutines, or closes the loop, when one is interrupted."""
    function = frame.function
    if cleans(frame, evaluator, frozenset({"all_tasks"})):
        return True
    for call in function.calls:
        if not any(block.kind in ("except", "finally") for _, block in around(function, call.block)):
            continue
        if last_name(call.function) in ("cancel", "close") and not _is_of_another(call, frame, evaluator):
            return True
        for origin in evaluator.origins(call.function, frame):
            if isinstance(origin, FunctionObject) and cleans(origin.frame, evaluator, _CLEANS | {"close"}):
                return True
    for block in function.blocks:
        for value in block.values if block.kind == "with" else ():
            for made in evaluator.origins(value, frame):
                if isinstance(made, Managed) and cleans(made.frame, evaluator):
                    return True
    return False


def _is_of_another(call: Call, frame: Frame, evaluator: Evaluator) -> bool:
    """Say whether a method is known to be one of a library's object that runs no coroutines: a database session."""
    origins = evaluator.origins(call.function.value, frame) if isinstance(call.function, Attribute) else ()
    return bool(origins) and all(
        isinstance(origin, Made) and origin.name.partition(".")[0] not in _LIBRARIES_OF_LOOPS for origin in origins
    )


def cleans_around_tasks(project: Project, evaluator: Evaluator) -> bool:
    """Say whether a signal receiver or a hook of a task class cancels what is left, before or after each task."""
    for receiver in project.receivers:
        if receiver.target is not None and receiver.signal.process == "worker" and cleans(receiver.target, evaluator):
            return True
    for module in project.modules.values():
        for function in module.functions:
            if function.cls >= 0 and function.name in _HOOKS and cleans(evaluator.frame(module, function), evaluator):
                return True
    return False


# -- soft time limits --------------------------------------------------------------------------------------------------


class Interrupted(NamedTuple):
    """A bridge on a lasting loop that a task's soft time limit interrupts with nobody cleaning up."""

    task: Task
    bridge: Bridge
    visit: Visit


def limited_tasks(project: Project) -> list[Task]:
    """Return the tasks that have a soft time limit which a known pool does not ignore (LAB 14f)."""
    every = any(
        setting.certain and setting.value and setting.value is not Unknown.ANYTHING
        for setting in project.settings.effective("task_soft_time_limit")
    )
    return [
        task
        for task in project.tasks
        if not is_test(task.module) and _has_limit(task, every) and _heeds_limits(task, project)
    ]


def _heeds_limits(task: Task, project: Project) -> bool:
    pools = project.pools_of_task(task).every
    return not pools or any(use.pool in (Pool.PREFORK, Pool.CUSTOM) for use in pools)


def _has_limit(task: Task, every: bool) -> bool:
    value = task.option("soft_time_limit")
    if value is None and task.owner is not None:
        for binding in task.owner.module.functions[task.owner.cls.body].bindings.get("soft_time_limit", ()):
            if isinstance(binding, Stored):
                value = binding.assignment.value
    return every if value is None else value != Constant(None)


def find_interrupted(project: Project) -> Iterator[Interrupted]:
    """Yield the lasting bridges of tasks with a soft time limit that leave their coroutine behind, each once."""
    if not any(crossing.bridge.loop == LASTING for crossing in project.worker.crossings):
        return
    evaluator = project.evaluator
    tasks = limited_tasks(project)
    if not tasks or cleans_around_tasks(project, evaluator):
        return
    seen: set[Place] = set()
    for task in tasks:
        place = Place(task.module.path, task.function.line, task.function.column)
        root = Root(f"task '{task.name}'", place, task, None)
        for bridge, visit, _ in crossings_from(root, task.frame, evaluator, project.options):
            if bridge.loop != LASTING or visit.threaded or bridge.place in seen:
                continue
            frames = _on_the_way(visit, project)
            if _is_timed(bridge, evaluator) or any(cleans_up(frame, evaluator) for frame in frames):
                continue
            seen.add(bridge.place)
            yield Interrupted(task, bridge, visit)


def _is_timed(bridge: Bridge, evaluator: Evaluator) -> bool:
    return any(name_of(origin) == "asyncio.wait_for()" for origin in bridge.origins(evaluator))


def _on_the_way(visit: Visit, project: Project) -> Iterator[Frame]:
    """Yield the functions from the task to the bridge."""
    yield visit.frame
    for step in visit.path:
        module = project.at(step.place.path)
        if module is not None:
            yield project.evaluator.frame(module, innermost(module, step.place))
