"""What drives a coroutine from sync code, on which loop, and what exactly it drives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flake8_celery_async.options import Options
from flake8_celery_async.semantics.catalog.bridges import (
    BY_NAME,
    LOOP_GETTERS,
    LOOP_MAKERS,
    RUNNERS,
    RUNNING_LOOP_GETTERS,
)
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.memory import query
from flake8_celery_async.source.module import Attribute, Call, Collection, Constant, Starred, Subscript, Value
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import (
    Coroutine,
    Frame,
    FunctionObject,
    Literal,
    Made,
    Method,
    Origin,
    Place,
    is_kept,
    name_of,
)

FRESH = "fresh"
LASTING = "lasting"
OWN = "own"
"""The thread's own loop, or a new one where the thread has none: it lasts until something takes it away."""
THREAD = "thread"
"""A loop that runs in another thread: ``run_coroutine_threadsafe``."""

_DRIVERS = ("run_until_complete", "run")
_DEPTH = 6
"""How deep what drives other futures is looked into."""
_COMBINES = frozenset({"as_completed", "create_task", "ensure_future", "gather", "shield", "wait", "wait_for"})
"""Last parts of the functions and methods that make one awaitable, or several, of those they are given."""


class Bridge(NamedTuple):
    """A call that drives a coroutine."""

    call: Call
    frame: Frame
    name: str
    """As a reader would say it: ``asyncio.run()``, ``loop.run_until_complete()``."""
    loop: str
    """FRESH, LASTING, OWN or THREAD."""
    group: Place
    """The place of the loop where several calls share one made here, else of the call."""
    driven: tuple[Value, ...]
    """What is driven, then the arguments passed apart."""
    calls_it: bool
    """Whether the driven value is a coroutine function that the bridge calls."""
    handed: bool = False
    """Whether the call hands the bridge to something else, which calls it: ``executor.submit(asyncio.run, work())``."""
    lenient: bool = False
    """Whether it takes a coroutine or a function, who knows which."""
    anew: bool = False
    """Whether the loop of another thread is made for this call."""
    wrapped: Frame | None = None
    """Where the driven value was wrapped, when that is elsewhere: ``def to_sync(f): return async_to_sync(f)``."""

    @property
    def place(self) -> Place:
        """Where the bridge stands."""
        return Place(self.frame.module.path, self.call.line, self.call.column)

    @property
    def is_fresh(self) -> bool:
        """Whether its loop is made for each call, be it one that runs in another thread."""
        return self.loop == FRESH or self.anew

    def origins(self, evaluator: Evaluator) -> tuple[Origin, ...]:
        """Return what the driven value can be; empty when nothing is driven or it cannot be told."""
        return evaluator.origins(self.driven[0], self.wrapped or self.frame) if self.driven else ()


def find_bridge(call: Call, frame: Frame, evaluator: Evaluator, options: Options) -> Bridge | None:
    """Return the bridge a call is, or None."""
    here = Place(frame.module.path, call.line, call.column)
    group: Place | None
    for callee in evaluator.origins(call.function, frame):
        name = name_of(callee)
        if not name:
            continue
        row = BY_NAME.get(name.removesuffix("()"))
        if row is not None and row.returns_callable == name.endswith("()"):
            if row.returns_callable:
                inner = callee.call if isinstance(callee, Made) else None
                driven = (*inner.arguments[row.driven : row.driven + 1], *call.arguments) if inner else ()
                wrapped = callee.frame if isinstance(callee, Made) else None
            else:
                wrapped = None
                driven = call.arguments[row.driven :]
                if not driven and call.keywords:
                    driven = tuple([value for _, value in call.keywords[:1]])
            loop = {"fresh": FRESH, "lasting": THREAD}.get(row.loop, LASTING)
            group = _made_for_it(call, frame, evaluator) if loop == THREAD else None
            said, anew = f"{_short(name)}()", group is not None
            return Bridge(call, frame, said, loop, group or here, driven, row.called, wrapped=wrapped, anew=anew)
        if name in options.bridges:
            return Bridge(call, frame, f"{_short(name)}()", FRESH, here, call.arguments, False, lenient=True)
        if isinstance(callee, Method) and isinstance(call.function, Attribute) and callee.name in _DRIVERS:
            made = [o for o in evaluator.origins(call.function.value, frame) if isinstance(o, Made)]
            if callee.name == "run_until_complete" and any(
                o.name in LOOP_MAKERS or o.name in LOOP_GETTERS for o in made
            ):
                loop, group = _loop_of(made, frame, evaluator)
                return Bridge(call, frame, "run_until_complete()", loop, group or here, call.arguments, False)
            if callee.name == "run" and any(o.name in RUNNERS for o in made):
                runner = next(o for o in made if o.name in RUNNERS)
                loop = LASTING if is_kept(runner.hold) else FRESH
                return Bridge(call, frame, "Runner.run()", loop, runner.place or here, call.arguments, False)
    return _handed_on(call, frame, evaluator)


def _made_for_it(call: Call, frame: Frame, evaluator: Evaluator) -> Place | None:
    """Return where the loop that a coroutine is handed to was made, if nothing keeps it after the call; else None."""
    loop = call.argument(1, "loop")
    made = evaluator.origins(loop, frame) if loop is not None else ()
    if len(made) != 1 or not isinstance(made[0], Made) or made[0].name not in LOOP_MAKERS or made[0].hold is not None:
        return None
    return made[0].place


def _handed_on(call: Call, frame: Frame, evaluator: Evaluator) -> Bridge | None:
    """Return the bridge that a call gives to something which calls it.

    ``executor.submit(asyncio.run, work())``, ``pool.map(asyncio.run, [work()])``,
    ``Thread(target=asyncio.run, args=(work(),))``.
    """
    target, arguments = call.keyword("target"), call.keyword("args")
    if target is not None and arguments is not None:
        driven = arguments.values if isinstance(arguments, Collection) else (Subscript(arguments, Constant(0)),)
    elif len(call.arguments) > 1:
        target, *rest = call.arguments
        driven = tuple(rest)
        if last_name(call.function) == "map":
            driven = (Subscript(driven[0], Constant(0)),)  # one of the coroutines stands for all
    else:
        return None
    for origin in evaluator.origins(target, frame):
        row = BY_NAME.get(name_of(origin))
        if row is not None and row.loop == FRESH and not row.returns_callable:
            here = Place(frame.module.path, call.line, call.column)
            elsewhere = "builtins.map" not in evaluator.names(call.function, frame)
            return Bridge(call, frame, f"{_short(row.name)}()", FRESH, here, driven, row.called, elsewhere)
    return None


def _short(name: str) -> str:
    """Return the last two parts of a dotted name: ``asyncio.run``."""
    parts = name.removesuffix("()").split(".")
    return ".".join(parts[-2:]) if parts[0] in ("asyncio", "anyio", "trio", "uvloop") else parts[-1]


def _loop_of(loops: list[Made], frame: Frame, evaluator: Evaluator) -> tuple[str, Place | None]:
    """Say which kind of loop ``run_until_complete`` is called on, and where it was made."""
    # In sync code nothing runs, so what is made where ``get_running_loop()`` raises is made for each call.
    loops = [o for o in loops if o.name not in RUNNING_LOOP_GETTERS] or loops
    made = [o for o in loops if o.name in LOOP_MAKERS]
    kept = [o for o in loops if is_kept(o.hold)]
    if kept:
        return LASTING, kept[0].place
    if len(made) < len(loops) or not made:
        # The thread's own loop, taken if there is one; where the code can make another, closing it makes the next call
        # do so.
        if made and closes(loops, frame, evaluator):
            return FRESH, loops[0].place
        return (OWN if made else LASTING), None
    return FRESH, made[0].place


def closes(loops: list[Made], frame: Frame, evaluator: Evaluator, depth: int = 2) -> bool:
    """Say whether the frame's function closes one of the loops, itself or by a function it gives the loop to."""
    closed, given = _closed_and_given(frame, evaluator)
    places = {loop.place for loop in loops}
    if not closed.isdisjoint(places):
        return True
    helpers = [helper for place in places for helper in given.get(place, ())] if depth else []
    return any(closes(loops, evaluator.bind(call, frame, helper), evaluator, depth - 1) for call, helper in helpers)


@query
def _closed_and_given(
    frame: Frame, evaluator: Evaluator
) -> tuple[frozenset[Place | None], dict[Place | None, list[tuple[Call, Frame]]]]:
    """Return what a function calls ``close()`` of, by where it is made, and to which plain functions it gives what."""
    closed: set[Place | None] = set()
    given: dict[Place | None, list[tuple[Call, Frame]]] = {}
    for call in frame.function.calls:
        for origin in evaluator.origins(call.function, frame):
            if isinstance(origin, Method) and origin.name == "close" and isinstance(origin.receiver, Made):
                closed.add(origin.receiver.place)
            elif isinstance(origin, FunctionObject) and not origin.function.is_async:
                values = (*call.arguments, *[value for _, value in call.keywords])
                passed = [o.place for v in values for o in evaluator.origins(v, frame) if isinstance(o, Made)]
                for place in dict.fromkeys(passed):
                    given.setdefault(place, []).append((call, origin.frame))
    return frozenset(closed), given


def driven_frames(bridge: Bridge, evaluator: Evaluator) -> Iterator[Frame]:
    """Yield the frames of the coroutine functions that a bridge runs."""
    for origin in bridge.origins(evaluator):
        yield from _coroutines(origin, bridge, evaluator, 0)


def driven_futures(bridge: Bridge, evaluator: Evaluator) -> Iterator[Made]:
    """Yield the futures and other objects that a bridge is given, itself or in ``gather``, ``wait`` and the like."""
    waiting = [(origin, 0) for origin in bridge.origins(evaluator)]
    while waiting:
        origin, depth = waiting.pop()
        if isinstance(origin, Made):
            yield origin
            if depth < _DEPTH and origin.name.rpartition(".")[2] in _COMBINES:
                waiting += [(inner, depth + 1) for inner in _given(origin, evaluator)]


def _given(made: Made, evaluator: Evaluator) -> Iterator[Origin]:
    """Yield what ``wait_for(work(), 5)`` or ``gather(*[work(n) for n in numbers])`` is given."""
    if made.call is not None and made.frame is not None:
        for argument in made.call.arguments:
            yield from _passed(argument, made.frame, evaluator)


def _coroutines(origin: Origin, bridge: Bridge, evaluator: Evaluator, depth: int) -> Iterator[Frame]:
    if depth > _DEPTH:
        return
    if isinstance(origin, Coroutine):
        yield origin.frame
    elif isinstance(origin, FunctionObject):
        if depth == 0 and not (bridge.calls_it or bridge.lenient):
            return  # ``asyncio.run(work)`` fails: it takes a coroutine
        frame = origin.frame
        if bridge.calls_it and (len(bridge.driven) > 1 or bridge.wrapped is not None):
            keywords = bridge.call.keywords if bridge.wrapped is not None else ()  # else they are the bridge's own
            apart = bridge.call._replace(arguments=bridge.driven[1:], keywords=keywords)
            frame = evaluator.bind(apart, bridge.frame, frame)
        if frame.function.is_async:
            yield frame
        else:
            # A lambda or a factory that makes the coroutine.
            for result in evaluator.returns(frame):
                yield from _coroutines(result, bridge, evaluator, depth + 1)
            if frame.function.kind == "lambda":
                yield frame
    elif isinstance(origin, Made):
        for inner in _given(origin, evaluator):
            if isinstance(inner, Coroutine) or (isinstance(inner, Made) and inner.name.rpartition(".")[2] in _COMBINES):
                yield from _coroutines(inner, bridge, evaluator, depth + 1)


def _passed(argument: Value, frame: Frame, evaluator: Evaluator) -> Iterator[Origin]:
    """Yield what an argument is, and what a list of coroutines or futures holds."""
    if isinstance(argument, Starred):
        yield from evaluator.elements(argument.value, frame)
        return
    for origin in evaluator.origins(argument, frame):
        if isinstance(origin, Literal):
            yield from evaluator.elements(argument, frame)
        else:
            yield origin


def reaches_bridge(frame: Frame, evaluator: Evaluator, options: Options, depth: int = 3) -> bool:
    """Say whether a sync function drives a coroutine, itself or through the project's functions it calls."""
    for call in frame.function.calls:
        if find_bridge(call, frame, evaluator, options) is not None:
            return True
        if depth:
            for origin in evaluator.origins(call.function, frame):
                if isinstance(origin, FunctionObject) and not origin.function.is_async:
                    if reaches_bridge(evaluator.bind(call, frame, origin.frame), evaluator, options, depth - 1):
                        return True
    return False
