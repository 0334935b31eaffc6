"""What the worker's parent opens before it forks, although it does not survive the fork."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from flake8_celery_async.options import Options
from flake8_celery_async.project.startup import AT_IMPORT, Run, kept_name
from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.semantics.bridges import find_bridge
from flake8_celery_async.semantics.catalog import loop_bound
from flake8_celery_async.semantics.catalog.bridges import (
    BY_NAME,
    IMPLICIT_LOOP_GETTERS,
    LOOP_GETTERS,
    LOOP_MAKERS,
    LOOP_SETTERS,
    RUNNERS,
)
from flake8_celery_async.semantics.catalog.fork_bound import (
    CHANNELS,
    CONNECTIONS,
    ENGINE_CONNECTS,
    ENGINES,
    METADATA_CONNECTS,
    SESSION_CONNECTS,
    SESSIONS,
    THREADS,
)
from flake8_celery_async.semantics.resources import Resource, has_null_pool
from flake8_celery_async.source.blocks import around, asks_for, in_main_guard
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import (
    ASYNC_ENTERED,
    ENTERED,
    Assignment,
    Attribute,
    Call,
    Choice,
    Compare,
    Constant,
    Function,
    Value,
)
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import (
    External,
    Frame,
    FunctionObject,
    Instance,
    Literal,
    Made,
    Method,
    Origin,
    Place,
    is_kept,
    name_of,
)

CONNECTION, THREAD, LOOP, CHANNEL = "connection", "loop thread", "loop", "channel"

_USES_ENGINE = ENGINE_CONNECTS | SESSION_CONNECTS
_CHANNEL_NAMES = frozenset(name.rpartition(".")[2] for name in CHANNELS)
_ENGINE_ROW = loop_bound.BY_NAME["sqlalchemy.ext.asyncio.create_async_engine"]


class Opening(NamedTuple):
    """One thing that is opened."""

    kind: str
    """CONNECTION, THREAD, LOOP or CHANNEL."""
    name: str
    """What keeps it, as a reader knows it: ``engine``."""
    made: Place
    """Where the object is made; tells objects apart."""
    place: Place
    """Where it is opened."""
    run: Run
    loops: frozenset[Place] = frozenset()
    """Of a thread: the loops that it drives, by where they are made."""
    among: int = 1
    """How many objects it may be of which one is opened there."""


class Fork(NamedTuple):
    """What happens to open things around the fork."""

    openings: tuple[Opening, ...]
    """What the parent leaves open, one for each object, where it is most surely opened, nearest first."""
    remade: frozenset[str]
    """Names that the children bind anew."""
    disposed: frozenset[Place]
    """Engines that the children dispose with ``close=False``, by where they are made."""
    current: frozenset[Place]
    """The loops that the parent sets as its thread's current one, or gets as that, by where they are made."""
    restarted: bool
    """Whether the children start a loop thread, or set a loop, of their own."""


def find_fork(before: Iterable[Run], after: Iterable[Run], evaluator: Evaluator, options: Options) -> Fork:
    """Return what the parent's runs leave open, and what the children's runs do about it."""
    parent, child = list(before), list(after)
    opened = [o for run in parent for o in _openings(run, evaluator, options)]
    closed = {(place, run.when) for run in parent for place in _closed(run, evaluator)}
    closed_late = {place for place, when in closed if when != AT_IMPORT}
    threaded = {place for run in parent for place in _loops_of_threads(run, evaluator)}
    names = {opening.made: opening.name for opening in opened if opening.kind == LOOP and opening.name}
    found: dict[Place, Opening] = {}
    for opening in sorted(opened, key=attrgetter("among")):
        if opening.kind == THREAD:  # known by its loop, which the children may make anew
            opening = opening._replace(name=next((names[loop] for loop in opening.loops if loop in names), ""))
        is_closed = opening.made in closed_late or (opening.made, opening.run.when) in closed
        if not is_closed and not (opening.kind == LOOP and opening.made in threaded):
            found.setdefault(opening.made, opening)
    return Fork(
        tuple(found.values()),
        frozenset(name for run in child for name in _bound(run)),
        frozenset(place for run in child for place in _disposed(run, evaluator)),
        frozenset(place for run in parent for place in _set_loops(run, evaluator)),
        any(_restarts(run, evaluator, options) for run in child),
    )


def loops_driven(worker: WorkerCode, evaluator: Evaluator) -> set[Place]:
    """Return where the loops that worker code drives coroutines on are made."""
    found: set[Place] = set()
    for bridge, *_ in worker.crossings:
        call = bridge.call
        values = [*call.arguments[1:2], *[value for key, value in call.keywords if key == "loop"]]
        if isinstance(call.function, Attribute):
            values.append(call.function.value)
        for value in values:
            for origin in evaluator.origins(value, bridge.frame):
                if isinstance(origin, Made) and origin.place is not None:
                    found.add(origin.place)
                    if origin.of is not None:  # Runner().get_loop()
                        found.update(_place_of(origin.of))
    return found


def takes_current_loop(worker: WorkerCode, evaluator: Evaluator) -> bool:
    """Say whether worker code drives coroutines on whatever loop is the thread's current one."""
    for bridge, *_ in worker.crossings:
        function = bridge.call.function
        if isinstance(function, Attribute) and function.name == "run_until_complete":
            for origin in evaluator.origins(function.value, bridge.frame):
                if isinstance(origin, Made) and origin.name in LOOP_GETTERS and origin.frame is not None:
                    if origin.frame.function.kind not in ("module", "class"):
                        return True
    return False


# -- what opens --------------------------------------------------------------------------------------------------------


def _openings(run: Run, evaluator: Evaluator, options: Options) -> Iterator[Opening]:
    yield from _kept(run, evaluator)
    frame = run.frame
    for call in run.calls():
        last, here = last_name(call.function), _at(frame, call)
        receiver = call.function.value if isinstance(call.function, Attribute) else None
        if receiver is not None and last in _USES_ENGINE:
            yield from _connected((receiver,), here, run, evaluator)
        elif last in METADATA_CONNECTS or last == "inspect":
            yield from _connected((*call.arguments, *[value for _, value in call.keywords]), here, run, evaluator)
        elif receiver is not None and last == "start":
            if _is_loop_thread(receiver, frame, evaluator, options):
                loops = frozenset(_loops_of_thread(receiver, frame, evaluator))
                yield Opening(THREAD, "", here, here, run, loops)
        elif receiver is not None and last in ("get_loop", "run"):
            for origin in evaluator.origins(receiver, frame):
                if isinstance(origin, Made) and origin.name in RUNNERS and origin.place is not None and origin.hold:
                    yield Opening(LOOP, origin.hold.name, origin.place, here, run)
        elif last in _CHANNEL_NAMES and call.use not in (ENTERED, ASYNC_ENTERED):
            if any(name in CHANNELS for name in evaluator.names(call.function, frame)) and _is_kept(call, run):
                yield Opening(CHANNEL, _name_for(call, run) or f"{last}()", here, here, run)
    for place in _set_loops(run, evaluator):
        yield Opening(LOOP, "", place, place, run)


def _kept(run: Run, evaluator: Evaluator) -> Iterator[Opening]:
    """Yield the connections and loops that a run makes and binds to what outlives it."""
    frame, function = run.frame, run.frame.function
    for assignment in function.assignments:
        value = assignment.value
        if assignment.via != "=" or not isinstance(value, (Call, Choice)):
            continue
        name = kept_name(assignment.target, run)
        if not name or in_main_guard(function, assignment.block):
            continue
        place = Place(frame.module.path, assignment.line, assignment.column)
        for origin in evaluator.origins(value, frame):
            made = _opened(origin)
            if made is not None and made.place is not None and not _is_in_memory(made, evaluator):
                kind = CONNECTION if made.name in CONNECTIONS else LOOP
                yield Opening(kind, name, made.place, _at(frame, value) if isinstance(value, Call) else place, run)


def _set_loops(run: Run, evaluator: Evaluator) -> Iterator[Place]:
    """Yield the loops that a run sets as its thread's current one, by where they are made."""
    for call in run.calls():
        if last_name(call.function) == "set_event_loop" and call.arguments:
            if any(name in LOOP_SETTERS for name in evaluator.names(call.function, run.frame)):
                for origin in evaluator.origins(call.arguments[0], run.frame):
                    if isinstance(origin, Made) and origin.name in LOOP_MAKERS:
                        yield from _place_of(origin)


def _connected(values: Iterable[Value], place: Place, run: Run, evaluator: Evaluator) -> Iterator[Opening]:
    """Yield the engines with a pool among what the values use."""
    origins = [origin for value in values for origin in evaluator.origins(value, run.frame)]
    engines = dict.fromkeys([engine for origin in origins for engine in engines_of(origin, evaluator)])
    for engine in engines:
        if engine.place is None or not is_kept(engine.hold) or _is_in_memory(engine, evaluator):
            continue
        if engine.call is not None and engine.call.keyword("engine_options") is not None:
            continue  # Flask-SQLAlchemy's, which may name a pool
        if not has_null_pool(Resource(_ENGINE_ROW, engine.place, engine.hold, engine), evaluator):
            name = engine.hold.name if engine.hold else ""
            yield Opening(CONNECTION, name, engine.place, place, run, among=len(engines))


def engines_of(origin: Origin, evaluator: Evaluator, depth: int = 0) -> Iterator[Made]:
    """Yield the engines that using an object uses: itself, the one its session is bound to, the one it was got from."""
    if depth > 8:
        return
    if isinstance(origin, Method):
        yield from engines_of(origin.receiver, evaluator, depth + 1)
    elif isinstance(origin, Made):
        if origin.name in ENGINES:
            yield origin
            return
        if origin.name.removesuffix("()") in SESSIONS and origin.call is not None and origin.frame is not None:
            factory = origin.call.keyword("session_factory")  # of scoped_session, which takes it first
            bound = origin.call.argument(0, "bind") or factory
            if bound is not None:
                for engine in evaluator.origins(bound, origin.frame):
                    yield from engines_of(engine, evaluator, depth + 1)
                return
        if origin.of is not None:
            yield from engines_of(origin.of, evaluator, depth + 1)


def _opened(origin: Origin) -> Made | None:
    """Return the connection or the loop that an object is, or the connection that a cursor belongs to."""
    if isinstance(origin, Made) and isinstance(origin.of, Made) and origin.name == f"{origin.of.name}().cursor":
        origin = origin.of
    if not isinstance(origin, Made) or (origin.call is not None and origin.call.use in (ENTERED, ASYNC_ENTERED)):
        return None
    opens = origin.name in CONNECTIONS or origin.name in LOOP_MAKERS or origin.name in IMPLICIT_LOOP_GETTERS
    return origin if opens else None


def _is_in_memory(made: Made, evaluator: Evaluator) -> bool:
    """Say whether a database is SQLite's in memory: every process has its own copy."""
    if made.call is None or made.frame is None:
        return False
    url = made.call.argument(0, "database" if made.name == "sqlite3.connect" else "url")
    for origin in evaluator.origins(url, made.frame) if url is not None else ():
        if isinstance(origin, Literal) and isinstance(origin.value, Constant):
            text = str(origin.value.value)
            if ":memory:" in text or (text.startswith("sqlite") and text.partition("://")[2] in ("", "/")):
                return True
    return False


def _is_loop_thread(value: Value, frame: Frame, evaluator: Evaluator, options: Options) -> bool:
    return any(_runs_loop(target, evaluator, options) for target in _thread_targets(value, frame, evaluator))


def _thread_targets(value: Value, frame: Frame, evaluator: Evaluator) -> Iterator[Origin]:
    """Yield what a thread runs."""
    for origin in evaluator.origins(value, frame):
        if isinstance(origin, Made) and origin.name in THREADS and origin.call is not None and origin.frame is not None:
            target = origin.call.argument(1, "target")
            if target is not None:
                yield from evaluator.origins(target, origin.frame)
        elif isinstance(origin, Instance):
            if any(isinstance(c, External) and c.name in THREADS for c in evaluator.lineage(origin.cls)):
                method = evaluator.method(origin, "run")
                if method is not None:
                    yield method


def _runs_loop(target: Origin, evaluator: Evaluator, options: Options, depth: int = 0) -> bool:
    if isinstance(target, Method):
        return target.name in ("run_forever", "run_until_complete")
    if isinstance(target, FunctionObject):
        for call in target.function.calls:
            if last_name(call.function) == "run_forever" or find_bridge(call, target.frame, evaluator, options):
                return True
            if depth < 2:
                for inner in evaluator.origins(call.function, target.frame):
                    if isinstance(inner, FunctionObject) and _runs_loop(inner, evaluator, options, depth + 1):
                        return True
    return name_of(target) in BY_NAME


def _loops_of_threads(run: Run, evaluator: Evaluator) -> Iterator[Place]:
    """Yield the loops that the threads started in a run drive, by where they are made."""
    for call in run.calls():
        if last_name(call.function) == "start" and isinstance(call.function, Attribute):
            yield from _loops_of_thread(call.function.value, run.frame, evaluator)


def _loops_of_thread(value: Value, frame: Frame, evaluator: Evaluator) -> Iterator[Place]:
    """Yield the loops that a thread drives, by where they are made."""
    for target in _thread_targets(value, frame, evaluator):
        if isinstance(target, Method):
            yield from _place_of(target.receiver)
        elif isinstance(target, FunctionObject):
            for inner in target.function.calls:
                values = [inner.function.value] if isinstance(inner.function, Attribute) else []
                for part in (*values, *inner.arguments):
                    for origin in evaluator.origins(part, target.frame):
                        yield from _place_of(origin)
    for thread in evaluator.origins(value, frame):  # Thread(target=run, args=(LOOP,))
        if isinstance(thread, Made) and thread.name in THREADS and thread.call is not None and thread.frame:
            for part in getattr(thread.call.keyword("args"), "values", ()):
                for origin in evaluator.origins(part, thread.frame):
                    yield from _place_of(origin)


# -- what closes and what cures ----------------------------------------------------------------------------------------


def _closed(run: Run, evaluator: Evaluator) -> Iterator[Place]:
    for call in run.calls():
        function = call.function
        if not isinstance(function, Attribute) or function.name not in ("dispose", "close"):
            continue
        for origin in evaluator.origins(function.value, run.frame):
            if function.name == "dispose":
                for engine in engines_of(origin, evaluator):
                    yield from _place_of(engine)
            elif isinstance(origin, Made) and (
                origin.name in CONNECTIONS or origin.name in CHANNELS or origin.name in LOOP_MAKERS
            ):
                yield from _place_of(origin)


def _disposed(run: Run, evaluator: Evaluator) -> Iterator[Place]:
    for call in run.calls():
        function = call.function
        if isinstance(function, Attribute) and function.name == "dispose" and is_left_open(call):
            for origin in evaluator.origins(function.value, run.frame):
                for engine in engines_of(origin, evaluator):
                    yield from _place_of(engine)


def is_left_open(call: Call) -> bool:
    """Say whether a ``dispose`` drops the connections without closing them: ``dispose(close=False)``."""
    return call.argument(0, "close") == Constant(False)


def _bound(run: Run) -> Iterator[str]:
    """Yield the names that outlive the function and that it binds."""
    function = run.frame.function
    for assignment in function.assignments:
        if assignment.via not in ("=", "with", "async with") or _is_for_lack(assignment, function):
            continue
        name = kept_name(assignment.target, run)
        if name:
            yield name
        elif isinstance(assignment.target, Attribute) and function.cls >= 0:
            yield f"{run.frame.module.classes[function.cls].name}.{assignment.target.name}"


def _is_for_lack(assignment: Assignment, function: Function) -> bool:
    """Say whether a name is bound only where nothing is bound to it yet, which the parent's object is."""
    target, line = assignment.target, assignment.line
    lacks = (Compare("Is", (target, Constant(None))), Compare("Not", (target,)))
    if any(block.kind == "if" and block.values[0] in lacks for _, block in around(function, assignment.block)):
        return True
    returns = [leave for leave in function.leaves if leave.kind == "return" and leave.line < line]
    return any(asks_for(function.blocks[leave.block], target) for leave in returns)


def _restarts(run: Run, evaluator: Evaluator, options: Options) -> bool:
    for call in run.calls():
        last = last_name(call.function)
        if last == "start" and isinstance(call.function, Attribute):
            if _is_loop_thread(call.function.value, run.frame, evaluator, options):
                return True
        elif last == "set_event_loop":
            if any(name in LOOP_SETTERS for name in evaluator.names(call.function, run.frame)):
                return True
    return False


# -- small questions ---------------------------------------------------------------------------------------------------


def _is_kept(call: Call, run: Run) -> bool:
    """Say whether a channel stays open: it is bound to something that lasts, or given to what is."""
    return run.frame.function.kind in ("module", "class") or bool(_name_for(call, run))


def _name_for(call: Call, run: Run) -> str:
    """Return the name that keeps the result of a call, or of the call that is given it."""
    for assignment in run.frame.function.assignments:
        if assignment.via == "=" and _contains(assignment.value, call):
            name = kept_name(assignment.target, run)
            if name:
                return name
    return ""


def _contains(value: Value, call: Call, depth: int = 0) -> bool:
    if value is call:
        return True
    if depth < 4 and isinstance(value, Call):
        return any(_contains(part, call, depth + 1) for part in value.arguments) or any(
            _contains(part, call, depth + 1) for _, part in value.keywords
        )
    return False


def _place_of(origin: Origin) -> Iterator[Place]:
    if isinstance(origin, Made) and origin.place is not None:
        yield origin.place


def _at(frame: Frame, call: Call) -> Place:
    return Place(frame.module.path, call.line, call.column)
