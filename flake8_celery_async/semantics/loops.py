"""Event loops that a function makes: is each of them closed, kept on purpose, or left behind?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flake8_celery_async.semantics.catalog.bridges import (
    LOOP_GETTERS,
    LOOP_MAKERS,
    LOOP_SETTERS,
    RUNNERS,
    RUNNING_LOOP_GETTERS,
)
from flake8_celery_async.source.blocks import around, calls_in, in_finally
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.grouping import grouped
from flake8_celery_async.source.handles import (
    BOUND,
    GATHERED,
    GIVEN,
    METHOD,
    PASSED,
    STORED,
    WAITED,
    Handle,
    Use,
    follow,
    follow_names,
)
from flake8_celery_async.source.memory import query
from flake8_celery_async.source.module import (
    Attribute,
    Call,
    Function,
    Import,
    Module,
    Name,
    Subscript,
    Value,
    of_facts,
)
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import Frame, FunctionObject, Instance, Literal, Made, Origin, Place, name_of
from flake8_celery_async.source.paths import Cures, Spot, after_error, after_success

DRIVES = frozenset({"run_until_complete", "run_forever", "run"})
THREADS = frozenset({"threading.Thread", "threading.Timer"})
CONSTRUCTORS = frozenset({"__init__", "__post_init__"})
_ONCE = frozenset({"__init__", "__new__", "__post_init__", "__enter__", "__aenter__", "__set_name__"})
_CACHES = ("cache", "lru_cache", "cached_property", "cached")


_NAMES = frozenset(name.rpartition(".")[2] for name in LOOP_MAKERS | RUNNERS)
"""Last parts of what makes a loop or a runner: a cheap test before anything is evaluated."""


class Opening(NamedTuple):
    """A call that gives its function a loop or a runner of its own."""

    call: Call
    frame: Frame
    name: str
    """As a reader would say it: ``new_event_loop()``, ``Runner()``, ``open_loop()``."""
    via: Place | None
    """Where the loop is made, when a helper of the project makes and returns it."""


class Left(NamedTuple):
    """A loop that is not closed on every path."""

    how: str
    """``never``, ``error`` (not when ``line`` raises), ``path`` (not on every path from ``line``) or ``thread``."""
    line: int
    what: str
    """What runs on the loop at ``line``, such as ``run_until_complete()``."""


class _Part(NamedTuple):
    """What one use of a loop means."""

    kind: str
    """close, drive, install, thread, stop, given, escape or nothing."""
    spot: Spot
    what: str = ""
    returned: bool = False


def mentions_makers(module: Module) -> bool:
    """Say whether a module calls, or imports, something named like what makes a loop or a runner."""
    for function in module.functions:
        for call in function.calls:
            if last_name(call.function) in _NAMES:
                return True
        for bindings in function.bindings.values():
            if any(isinstance(binding, Import) and binding.name in _NAMES for binding in bindings):
                return True
    return False


def opening(call: Call, frame: Frame, evaluator: Evaluator) -> Opening | None:
    """Return the loop that a call opens for its function, or None."""
    callees = evaluator.origins(call.function, frame)
    for callee in callees:
        name = name_of(callee)
        if name in LOOP_MAKERS or name in RUNNERS:
            return Opening(call, frame, f"{name.rpartition('.')[2]}()", None)
    for callee in callees:
        if isinstance(callee, FunctionObject) and not callee.function.is_async and not callee.function.is_generator:
            made = _returned(call, frame, evaluator)
            if made is not None:
                return Opening(call, frame, f"{callee.function.name}()", made.place)
    return None


def _returned(call: Call, frame: Frame, evaluator: Evaluator) -> Made | None:
    """Return the loop that a project function makes for its caller at each call, or None."""
    found: Made | None = None
    for origin in evaluator.origins(call, frame):
        if isinstance(origin, Made) and _is_loop(origin) and origin.hold is None and origin.call and origin.frame:
            if origin.frame.function is frame.function or not _is_handed_over(origin.call, origin.frame, evaluator):
                return None
            found = found or origin
        elif not _is_no_loop(origin):
            return None
    return found


def _is_handed_over(call: Call, frame: Frame, evaluator: Evaluator) -> bool:
    """Say whether all that a function does with its loop is to return it."""
    if any(last_name(group) in _CACHES for group in _decorators(frame.function)):
        return False
    handle = follow(frame.module, frame.function, call)
    kinds = {part.kind for use in handle.uses for part in _meaning(use, frame, evaluator, 0)}
    return "given" in kinds and kinds <= {"given", "install", "nothing"} and not _is_reused(call, frame, evaluator)


def _is_loop(origin: Origin) -> bool:
    return isinstance(origin, Made) and (origin.name in LOOP_MAKERS or origin.name in RUNNERS)


def _is_no_loop(origin: Origin) -> bool:
    """Say whether it is ``None``, or the running loop, which sync code never has: what is made instead is made anew."""
    return isinstance(origin, Literal) or (isinstance(origin, Made) and origin.name in RUNNING_LOOP_GETTERS)


# -- what becomes of it ----------------------------------------------------------------------------------------------


def left_behind(opened: Opening, evaluator: Evaluator) -> Left | None:
    """Say how a loop that a function opened is left behind, or None when it is closed, kept or out of sight."""
    call, frame = opened.call, opened.frame
    function = frame.function
    if _is_reused(call, frame, evaluator) or _is_fallback(function, call, frame, evaluator):
        return None
    becomes = _becomes(follow(frame.module, frame.function, call), frame, evaluator)
    if becomes.is_elsewhere:
        return Left("never", 0, "") if _is_lost_with_its_object(opened) else None
    if becomes.installed and _last_asking(frame, evaluator) <= call.line:
        return None  # made for whoever asks for the thread's loop later
    return becomes.left


class _Becomes(NamedTuple):
    """What becomes of the loop behind a handle."""

    is_elsewhere: bool
    """Whether it is out of sight: returned, stored, given to something unknown."""
    installed: bool
    """Whether it is only set as the loop of its thread."""
    left: Left | None


def _becomes(handle: Handle, frame: Frame, evaluator: Evaluator) -> _Becomes:
    """Return what becomes of it; worked out once for all loops of one name."""
    known = _known_handles(frame, evaluator)
    if id(handle) not in known:
        parts = [part for use in handle.uses for part in _meaning(use, frame, evaluator, 0)]
        known[id(handle)] = handle, _judged(parts, frame.function)
    return known[id(handle)][1]


@query
def _known_handles(frame: Frame, evaluator: Evaluator) -> dict[int, tuple[Handle, _Becomes]]:
    """Return the handles that were judged, by their identity; it is filled as they are met, and keeps them alive."""
    return {}


def _judged(parts: list[_Part], function: Function) -> _Becomes:
    by_kind = grouped(parts, lambda part: part.kind)
    drives = by_kind.get("drive", [])
    closes = [part.spot for part in by_kind.get("close", ())]
    left: Left | None
    installed = False
    if "thread" in by_kind and "stop" not in by_kind and not closes:
        started = by_kind["thread"][0]
        left = Left("thread", started.spot.line, started.what)
    elif not closes:
        left = Left("never", 0, "")
        installed = "install" in by_kind and not drives
    else:
        left = _left_open(drives, Cures(function, closes), function)
    return _Becomes("escape" in by_kind or "given" in by_kind, installed, left)


def _left_open(drives: list[_Part], cures: Cures, function: Function) -> Left | None:
    for drive in drives:
        if in_finally(function, drive.spot.block):
            continue
        if not after_success(function, drive.spot, cures, drive.returned):
            return Left("path", drive.spot.line, drive.what)
        if not after_error(function, drive.spot, cures):
            return Left("error", drive.spot.line, drive.what)
    return None


def _meaning(use: Use, frame: Frame, evaluator: Evaluator, depth: int) -> Iterator[_Part]:
    spot = Spot(use.block, use.line)
    outer = use.call
    if use.function is not frame.function:
        # A nested function has blocks of its own; what counts is that it is there.
        spot = Spot(use.function.block, use.function.line)
    if use.kind == METHOD and outer is not None:
        if use.name == "close":
            yield _Part("close", spot)
        elif use.name == "stop":
            yield _Part("stop", spot)
        elif use.name in DRIVES:
            yield _Part("drive", spot, f"{use.name}()", outer.use == "returned")
        else:
            yield _Part("nothing", spot)
    elif use.kind == BOUND:
        yield from _bound(use, spot, frame, evaluator)
    elif use.kind == PASSED and outer is not None:
        yield from _passed(use, spot, frame, evaluator, depth)
    elif use.kind == GIVEN:
        yield _given(use, spot)
    elif use.kind == STORED:
        yield _Part("escape" if depth or _is_kept(use, frame.function, frame.module) else "nothing", spot)
    elif use.kind in (GATHERED, WAITED):
        yield _Part("escape", spot)


def _given(use: Use, spot: Spot) -> _Part:
    """Return what it means that the function returns or yields the loop."""
    if use.name == "return":
        return _Part("given", spot)
    if use.name != "yield":
        return _Part("nothing", spot)
    # A context manager gets the error of the ``with`` block where it yields; other generators are just resumed.
    manages = any(last_name(decorator) == "contextmanager" for decorator in _decorators(use.function))
    return _Part("drive", spot, "the with block") if manages else _Part("escape", spot)


def _bound(use: Use, spot: Spot, frame: Frame, evaluator: Evaluator) -> Iterator[_Part]:
    if use.name == "stop":
        yield _Part("stop", spot)
    elif use.name == "run_forever" and use.call and _names(use.call, use.function, frame, evaluator) & THREADS:
        yield _Part("thread", spot, "run_forever()")
    else:
        yield _Part("escape", spot)


def _passed(use: Use, spot: Spot, frame: Frame, evaluator: Evaluator, depth: int) -> Iterator[_Part]:
    call = use.call
    if call is None:
        return
    inner = frame if use.function is frame.function else evaluator.frame(frame.module, use.function)
    callees = evaluator.origins(call.function, inner)
    names = {name_of(callee) for callee in callees}
    if names & LOOP_SETTERS:
        yield _Part("install", spot)
    elif names & THREADS:
        yield from _threaded(use, spot, inner, evaluator, depth)
    elif any(isinstance(callee, FunctionObject) for callee in callees):
        for callee in callees:
            if isinstance(callee, FunctionObject):
                parameter = _parameter(callee.function, use, bool(dict(callee.frame.arguments)))
                yield from _in_callee(callee, parameter, call.use == "returned", spot, evaluator, depth)
    elif use.name == "loop" or any(n.startswith(("asyncio.", "builtins.")) for n in names):
        yield _Part("nothing", spot)
    elif isinstance(call.function, Name) and not callees:
        yield _Part("nothing" if _is_builtin(call.function.id) else "escape", spot)
    else:
        yield _Part("escape", spot)


def _in_callee(
    callee: FunctionObject,
    parameter: str | None,
    returned: bool,
    spot: Spot,
    evaluator: Evaluator,
    depth: int,
) -> Iterator[_Part]:
    """Yield what a helper does with the loop it is given, told at the place where it is called."""
    if parameter is None or depth > 3:
        yield _Part("escape", spot)
        return
    function = callee.function
    what = f"{function.name}()"
    for use in follow_names(callee.module, function, {parameter}):
        for part in _meaning(use, callee.frame, evaluator, depth + 1):
            if part.kind == "given":
                yield _Part("escape", spot)
            else:
                yield _Part(part.kind, spot, what if part.kind == "drive" else part.what, returned)


def _threaded(use: Use, spot: Spot, frame: Frame, evaluator: Evaluator, depth: int) -> Iterator[_Part]:
    """Yield what the target of a thread does with a loop given in ``args``."""
    call = use.call
    if call is None or depth > 3:
        return
    target = call.argument(1, "target")
    found = False
    for origin in evaluator.origins(target, frame) if target is not None else ():
        if not isinstance(origin, FunctionObject):
            continue
        found = True
        free = [p.name for p in origin.function.parameters if p.kind == "positional"]
        if dict(origin.frame.arguments):
            free = free[1:]
        args = call.argument(3, "args")
        values = getattr(args, "values", ())
        names = {name for name, value in zip(free, values) if isinstance(value, Name)}
        kinds = set()
        for inner in follow_names(origin.module, origin.function, names):
            kinds |= {(part.kind, part.what) for part in _meaning(inner, origin.frame, evaluator, depth + 1)}
        if any(kind in ("close", "escape", "given") for kind, _ in kinds):
            yield _Part("escape", spot)
        elif ("drive", "run_forever()") in kinds:
            yield _Part("thread", spot, f"{origin.function.name}()")
        else:
            yield _Part("drive", spot, f"{origin.function.name}()")
    if not found:
        yield _Part("escape", spot)


def _parameter(function: Function, use: Use, bound: bool) -> str | None:
    """Return the parameter of a function that receives the loop."""
    if use.name:
        return use.name if any(p.name == use.name for p in function.parameters) else None
    free = [p.name for p in function.parameters if p.kind == "positional"]
    if bound:
        free = free[1:]
    return free[use.position] if 0 <= use.position < len(free) else None


def _is_lost_with_its_object(opened: Opening) -> bool:
    """Say whether a constructor stores the loop in an object that only lives for the call, and nothing closes it."""
    frame = opened.frame
    function = frame.function
    if function.name not in CONSTRUCTORS or not frame.arguments:
        return False
    stores = [use for use in follow(frame.module, function, opened.call).uses if use.kind == STORED]
    if len(stores) != 1 or stores[0].assignment is None or not isinstance(stores[0].assignment.target, Attribute):
        return False
    if stores[0].name in _closed_names(frame.module):
        return False
    for owner in dict(frame.arguments).get(function.parameters[0].name, ()):
        if isinstance(owner, Instance) and owner.hold is None and owner.call is not None and owner.frame is not None:
            made = owner.frame
            handle = follow(made.module, made.function, owner.call)
            if made.function.kind == "function" and made.function.name not in _ONCE and made.function.cls < 0:
                return bool(handle.uses) and all(use.kind == METHOD for use in handle.uses)
    return False


# -- reasons to leave it alone -----------------------------------------------------------------------------------------


def _is_reused(call: Call, frame: Frame, evaluator: Evaluator) -> bool:
    """Say whether the names of a loop may also hold a loop from elsewhere, so that it is not made at each call."""
    order = _order(frame.function)
    names = follow(frame.module, frame.function, call).names
    for name in sorted(names, key=lambda name: (order.get(name, -1), name)):  # what each is made of before it
        for origin in evaluator.origins(Name(name), frame):
            if _is_no_loop(origin) or (isinstance(origin, Made) and origin.place is None):
                continue  # nothing, or a type named by an annotation
            if not _is_loop(origin) or not isinstance(origin, Made) or origin.name in LOOP_GETTERS:
                return True
            if origin.frame is not None and origin.frame.function is not frame.function and origin.hold is not None:
                return True
    return False


@of_facts
def _order(function: Function) -> dict[str, int]:
    """Return the names that a function binds, with their rank: the one bound first is 0."""
    return {name: rank for rank, name in enumerate(function.bindings)}


def _is_fallback(function: Function, call: Call, frame: Frame, evaluator: Evaluator) -> bool:
    """Say whether the loop is only for when ``asyncio.run`` in the ``try`` refuses, which it does not in sync code."""
    for _, block in around(function, call.block):
        if block.kind != "except":
            continue
        if any("asyncio.run" in evaluator.names(other.function, frame) for other in calls_in(function, block.peer)):
            return True
    return False


def _is_kept(use: Use, function: Function, module: Module) -> bool:
    """Say whether a loop is stored for later calls: guarded, set up once, or closed by somebody else."""
    assignment = use.assignment
    if assignment is None or isinstance(assignment.target, Subscript) or function.kind not in ("function", "lambda"):
        return True
    if function.name in _ONCE or any(last_name(name) in _CACHES for name in _decorators(function)):
        return True
    if _is_guarded(function, use.block, use.line) or function.name in _started_once(module):
        return True
    return use.name in _closed_names(module)


def _is_guarded(function: Function, block: int, line: int) -> bool:
    """Say whether a statement (its block and line) is left out by some calls of its function."""
    if any(found.kind in ("if", "else", "except", "case", "while") for _, found in around(function, block)):
        return True
    return any(leave.kind == "return" and leave.line < line for leave in function.leaves)


@of_facts
def _started_once(module: Module) -> frozenset[str]:
    """Return the functions that are the target of threads which are made under a guard only, or by constructors.

    ``if not self._thread.is_alive(): self._thread = Thread(target=self._serve)``: the guard stands in the caller.
    """
    starts = [
        (last_name(target), scope.name in _ONCE or _is_guarded(scope, call.block, call.line))
        for scope in module.functions
        for call in scope.calls
        for key, target in call.keywords
        if key == "target"
    ]
    return frozenset({name for name, _ in starts if name} - {name for name, once in starts if not once})


@of_facts
def _closed_names(module: Module) -> frozenset[str]:
    """Return the variables and attributes of which ``close()`` is called anywhere in a module."""
    callees = [call.function for scope in module.functions for call in scope.calls]
    owners = [callee.value for callee in callees if isinstance(callee, Attribute) and callee.name == "close"]
    names = [owner.id for owner in owners if isinstance(owner, Name)]
    return frozenset([*names, *[owner.name for owner in owners if isinstance(owner, Attribute)]])


@query
def _last_asking(frame: Frame, evaluator: Evaluator) -> int:
    """Return the last line at which a function asks for the loop of its thread; 0 when it does not."""
    asking = [
        call.line for call in frame.function.calls if not LOOP_GETTERS.isdisjoint(evaluator.names(call.function, frame))
    ]
    return max(asking, default=0)


def _names(call: Call, function: Function, frame: Frame, evaluator: Evaluator) -> set[str]:
    inner = frame if function is frame.function else evaluator.frame(frame.module, function)
    return set(evaluator.names(call.function, inner))


def _decorators(function: Function) -> Iterator[Value]:
    for decorator in function.decorators:
        yield decorator.function if isinstance(decorator, Call) else decorator


def _is_builtin(name: str) -> bool:
    return name in ("print", "id", "str", "repr", "isinstance", "hasattr", "getattr", "bool", "type")
