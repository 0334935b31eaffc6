"""Coroutine code: ``async def`` bodies, and the plain functions they call on the loop's thread.

For a call in a coroutine this module says whether it is, or by which shortest chain of plain functions it reaches, a
bridge, a call that blocks, or a wait for another thread. A plain function is read once for all coroutines (once for
each set of known arguments), and its distance to what it reaches is remembered, so the cost grows with the functions
that coroutines call. All coroutines of the project are followed together in one fixed order, before the first answer:
so the limits below leave out the same ways whichever file is judged first, or alone. What is handed to a thread, to an
executor or to another process is never called here, so it has no part in a chain.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from flake8_celery_async.options import Options
from flake8_celery_async.project.ways import Crossings, Visit
from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.semantics.blocking import BlockingCalls, is_consumed, is_done, runs_once
from flake8_celery_async.semantics.bridges import THREAD, Bridge, find_bridge
from flake8_celery_async.semantics.catalog.bridges import BY_NAME as BRIDGES
from flake8_celery_async.semantics.catalog.bridges import RUNNING_LOOP_GETTERS
from flake8_celery_async.semantics.results import SENDS, results
from flake8_celery_async.semantics.running import Running
from flake8_celery_async.semantics.tasks import Task
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.grouping import grouped
from flake8_celery_async.source.module import (
    ASYNC_ENTERED,
    ASYNC_ITERATED,
    AWAITED,
    COLLECTED,
    ENTERED,
    ITERATED,
    Attribute,
    Call,
    Collection,
    Function,
    Import,
    Lambda,
    Module,
    Name,
    Stored,
    Value,
    of_facts,
)
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import (
    Argument,
    ClassObject,
    External,
    Frame,
    FunctionObject,
    Instance,
    Literal,
    Made,
    Method,
    Origin,
    Place,
    name_of,
)
from flake8_celery_async.source.reads import attribute_reads

BRIDGE = "bridge"
BLOCKING = "blocking"
WAIT = "wait"
PUBLISH = "publish"
"""Kinds of what a coroutine must not meet: a bridge, a blocking call, ``run_coroutine_threadsafe(…).result()``; and,
when CAX17 is enabled, the sending of a task."""

_KINDS = (BRIDGE, BLOCKING, WAIT, PUBLISH)

THREADSAFE = "asyncio.run_coroutine_threadsafe()"
"""The origin's name of the future that a loop in another thread completes."""

MOST_FRAMES = 50_000
"""Plain functions (with different arguments) that are read for one project."""
MOST_VARIANTS = 12
"""Sets of arguments that one function is read with; further ones count as unknown."""

MOST_WAYS = 4
"""Ways of worker code to one coroutine whose arguments are tried."""

_OWN_LOOP = frozenset({"asyncio.get_running_loop", "asyncio.get_event_loop"})
_AWAITED = frozenset({AWAITED, ASYNC_ENTERED, ASYNC_ITERATED})
_TASK_CALLS = frozenset({"run", "apply", "__call__"})
_SIGNS = frozenset({"s", "si", "signature", "subtask"})
_CANVASES = frozenset(
    f"{module}.{name}" for module in ("celery", "celery.canvas") for name in ("chain", "chord", "group")
)
_MOST_NESTED = 4
"""How deep a canvas in a canvas is looked into."""
_SCHEDULED = {"add_done_callback": 0, "call_soon": 0, "call_later": 1, "call_at": 1}
"""Methods of a loop, and of its tasks, that call a function on it: position of the function."""
_LOOP_TASKS = frozenset({"create_task()", "ensure_future()", "gather()", "shield()", "wrap_future()"})
"""Last parts of the names of futures whose callbacks their loop calls."""
_MAKES_CALLABLE = frozenset(
    {"partial", *[row.name.rpartition(".")[2] for row in BRIDGES.values() if row.returns_callable]}
)
"""Last parts of the calls that return something to call."""
_PLAIN_DECORATORS = frozenset(
    {
        "abc", "backoff", "builtins", "cachetools", "celery", "contextlib", "deprecated", "django", "functools",
        "opentelemetry", "retry", "retrying", "sentry_sdk", "stamina", "tenacity", "typing", "typing_extensions",
    }
)  # fmt: skip
"""Packages whose decorators leave a plain function plain: it still runs where it is called."""
_ANYTHING = "*"
"""Stands for the name of any function."""
_ANY_METHOD = "*any method*"
"""The word of a vocabulary with which a call of any method may block."""
_THREAD_WORDS = ("thread", "executor", "submit", "async", "process", "greenlet", "spawn")


class Hit(NamedTuple):
    """A call that must not be made while a loop runs in its thread."""

    kind: str
    call: Call
    frame: Frame
    name: str
    """As a reader would say it: ``asyncio.run()``, ``time.sleep()``."""
    bridge: Bridge | None = None

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.frame.module.path, self.call.line, self.call.column)


class Chain(NamedTuple):
    """How a call in a coroutine reaches a hit: the plain functions on the way, nearest first."""

    path: tuple[str, ...]
    hit: Hit
    task: str = ""
    """The name of the task that is called directly, where the first function is one."""


class Meeting(NamedTuple):
    """A call in a coroutine's body that is or reaches a hit."""

    function: Function
    """The coroutine."""
    frame: Frame
    call: Call
    chain: Chain
    visit: Visit | None
    """The shortest way by which worker code reaches the coroutine, if it does."""


class _Edge(NamedTuple):
    call: Call
    callee: Frame
    name: str
    task: str


class _Facts(NamedTuple):
    """What one plain function does when a coroutine calls it."""

    hits: tuple[Hit, ...]
    edges: tuple[_Edge, ...]


class _Ways(NamedTuple):
    """What all coroutines of a project reach by plain functions."""

    starts: dict[Frame, _Facts]
    """The coroutines."""
    facts: dict[Frame, _Facts]
    """The plain functions."""
    distance: dict[str, dict[Frame, int]]
    """For each kind of hit, the calls from a plain function to the nearest; those that reach none are left out."""


class Coroutines:
    """Coroutine code of one project."""

    def __init__(
        self,
        modules: Iterable[Module],
        evaluator: Evaluator,
        options: Options,
        task_of: Callable[[Function], Task | None],
        worker: Callable[[], WorkerCode],
    ) -> None:
        """Take the modules in the order in which their coroutines are followed.

        ``task_of`` gives the task a function is the body of, ``worker`` the ways of worker code to each function; they
        tell what arguments are passed.
        """
        self._modules = list(modules)
        self._evaluator = evaluator
        self._options = options
        self._task_of = task_of
        self._worker = worker
        self.running = Running(self._modules, evaluator, options)
        self.blocking = BlockingCalls(self._modules, evaluator, options)
        self._publishes = "CAX17" in options.enable
        renames = grouped([pair for module in self._modules for pair in _renames(module)], itemgetter(0))
        self._leaves = _renamed(self._leaf_names(), renames)
        self._words = self._leaves | _renamed(self._callable_names(), renames)
        self._plain: dict[Function, bool] = {}
        self._found: dict[Frame, list[tuple[Call, Chain]]] = {}
        self._memory = evaluator.memory
        vocabulary = [f"a leaf {word}" for word in self._leaves] + [f"asks {word}" for word in self.running.helpers]
        vocabulary += [_ANY_METHOD] if self.blocking.any_method else []
        self._facts = self._memory.update(Coroutines._read, frozenset([*vocabulary, *self._words]), _looked_at)

    # -- questions ---------------------------------------------------------------------------------------------------

    def meetings(self, module: Module, kind: str) -> Iterator[Meeting]:
        """Yield what the coroutines of a module meet of one kind, each place once, in source order."""
        for function in module.functions:
            if not function.is_async:
                continue
            ways = self._worker().visits.get(function, ())
            seen: set[tuple[int, int]] = set()
            for frame in self._frames(module, function):
                for call, chain in self.chains(frame):
                    if chain.hit.kind == kind and (call.line, call.column) not in seen:
                        seen.add((call.line, call.column))
                        yield Meeting(function, frame, call, chain, ways[0] if ways else None)

    def chains(self, frame: Frame) -> list[tuple[Call, Chain]]:
        """Return, for each call in a coroutine's body, the shortest chain to each kind of hit, in source order."""
        known = self._found.get(frame)
        if known is None:
            known = self._found[frame] = self._chains(frame)
        return known

    def _frames(self, module: Module, function: Function) -> Iterable[Frame]:
        """Return the frames in which a coroutine is read: with nothing known, and as worker code reaches it."""
        ways = self._worker().visits.get(function, ())
        return dict.fromkeys([self._evaluator.frame(module, function), *[v.frame for v in ways[:MOST_WAYS]]])

    def waits_for_itself(self, meeting: Meeting) -> bool:
        """Say whether a WAIT is for a coroutine on the very loop that waits."""
        hit = meeting.chain.hit
        if not isinstance(hit.call.function, Attribute):
            return False
        worker = self._worker()
        loops, crossings = worker.loops_to(meeting.function), worker.crossings_to(meeting.function)
        for future in self._evaluator.origins(hit.call.function.value, hit.frame):
            if not isinstance(future, Made) or future.name + "()" != THREADSAFE or not future.call or not future.frame:
                continue
            for loop in self._loops(future.call, future.frame):
                if loop.place is not None:
                    if worker.loop_at(loop.place) & loops or self._given.get(loop.place, 0) & crossings:
                        return True
                if loop.name in _OWN_LOOP and loop.frame is not None:
                    # A loop that is kept was asked for elsewhere: it is the coroutines' own when a coroutine asked,
                    # or a constructor that one calls: only there does ``get_running_loop()`` not raise.
                    asker = loop.frame.function
                    asked_running = loop.name in RUNNING_LOOP_GETTERS or loop.hold is None
                    if asker.is_async or (asked_running and asker.kind != "module"):
                        return True
        return False

    @cached_property
    def _given(self) -> dict[Place, Crossings]:
        """The crossings to the loops of other threads, by where those are made."""
        found: dict[Place, Crossings] = {}
        for number, (bridge, *_) in enumerate(self._worker().crossings):
            for loop in self._loops(bridge.call, bridge.frame):
                if loop.place is not None:
                    found[loop.place] = found.get(loop.place, 0) | 1 << number
        return found

    def _loops(self, call: Call, frame: Frame) -> Iterator[Made]:
        """Yield what the loop given to ``run_coroutine_threadsafe`` can be."""
        value = call.argument(1, "loop")
        if value is not None and last_name(call.function) == "run_coroutine_threadsafe":
            for origin in self._evaluator.origins(value, frame):
                if isinstance(origin, Made) and origin.place is not None:
                    yield origin

    def _chains(self, frame: Frame) -> list[tuple[Call, Chain]]:
        ways = self._ways
        facts = ways.starts.get(frame)
        if facts is None:  # a test that no worker code reaches
            return []
        at_hand = {(id(hit.call), hit.kind) for hit in facts.hits}
        found = [(hit.call, Chain((), hit)) for hit in facts.hits]
        for kind, distance in ways.distance.items():
            best: dict[int, tuple[int, _Edge]] = {}
            for edge in facts.edges:
                away = distance.get(edge.callee)
                if away is not None and (id(edge.call), kind) not in at_hand:
                    if id(edge.call) not in best or away < best[id(edge.call)][0]:
                        best[id(edge.call)] = (away, edge)
            for _, edge in best.values():
                path, hit = self._follow(edge, kind)
                found.append((edge.call, Chain(path, hit, edge.task)))
        found.sort(key=lambda item: (item[0].line, item[0].column))
        return found

    # -- shortest ways -----------------------------------------------------------------------------------------------

    @cached_property
    def _ways(self) -> _Ways:
        """Everything that the project's coroutines reach, and how far each function is from each kind of hit."""
        starts: dict[Frame, _Facts] = {}
        reached = [visits[0].frame.module for visits in self._worker().visits.values() if visits]
        for module in dict.fromkeys([*self._modules, *reached]):
            for function in module.functions:
                if function.is_async:
                    starts |= {frame: self._read(frame) for frame in self._frames(module, function)}
        variants: dict[Function, set[Frame]] = {}
        starts = {frame: self._limited(found, variants) for frame, found in starts.items()}
        facts: dict[Frame, _Facts] = {}
        callers: dict[Frame, list[Frame]] = {}
        # Breadth first: what is left out at the limits is far from every coroutine.
        queue = deque(edge.callee for found in starts.values() for edge in found.edges)
        while queue:
            frame = queue.popleft()
            if frame in facts:
                continue
            found = self._limited(self._read(frame), variants) if len(facts) < MOST_FRAMES else _Facts((), ())
            facts[frame] = found
            for edge in found.edges:
                callers.setdefault(edge.callee, []).append(frame)
                queue.append(edge.callee)
        return _Ways(starts, facts, {kind: _distances(kind, facts, callers) for kind in _KINDS})

    def _limited(self, found: _Facts, variants: dict[Function, set[Frame]]) -> _Facts:
        """Return facts whose calls enter each function with few enough different arguments."""
        edges: list[_Edge] = []
        for edge in found.edges:
            known = variants.setdefault(edge.callee.function, set())
            if edge.callee not in known and len(known) >= MOST_VARIANTS:
                edge = edge._replace(callee=self._evaluator.frame(edge.callee.module, edge.callee.function))
            known.add(edge.callee)
            edges.append(edge)
        return _Facts(found.hits, tuple(edges))

    def _follow(self, edge: _Edge, kind: str) -> tuple[tuple[str, ...], Hit]:
        """Return the names on the shortest way from an edge to a hit, and the hit."""
        distance = self._ways.distance[kind]
        names = [edge.name]
        while True:
            facts = self._ways.facts[edge.callee]
            away = distance[edge.callee]
            if away == 0:
                return tuple(names), next(hit for hit in facts.hits if hit.kind == kind)
            edge = next(e for e in facts.edges if distance.get(e.callee, away) == away - 1)
            names.append(edge.name)

    # -- reading one function ----------------------------------------------------------------------------------------

    def _read(self, frame: Frame) -> _Facts:
        return self._memory.recall(self._facts, frame, frame.module.path, lambda: self._find_facts(frame))

    def _find_facts(self, frame: Frame) -> _Facts:
        hits: list[Hit] = []
        edges: list[_Edge] = []
        words = self._words
        passed = {name for name, _ in frame.arguments}
        for call in _calls_made(frame.function):
            name = last_name(call.function)
            # ``HANDLERS["mail"]()`` has no name.
            if name and name not in words and name not in passed and name not in _SCHEDULED:
                if not self.blocking.any_method or not isinstance(call.function, Attribute):
                    continue
            if call.use == "decorator":
                continue
            hit = self._hit(call, name, frame)
            if hit is not None:
                if self.running.executes(frame, call.block, call.line) and not (
                    hit.kind == BLOCKING and runs_once(frame.function, call.block, call.line)
                ):
                    hits.append(hit)
                continue
            found = list(self._edges(call, name, frame))
            if found and self.running.executes(frame, call.block, call.line):
                edges.extend(found)
        for read in attribute_reads(frame.function):
            if last_name(read.function) in words:
                found = list(self._getters(read, frame))
                if found and self.running.executes(frame, read.block, read.line):
                    edges.extend(found)
        return _Facts(tuple(hits), tuple(edges))

    def _getters(self, read: Call, frame: Frame) -> Iterator[_Edge]:
        """Yield the properties that reading an attribute calls."""
        for getter in self._evaluator.getters(read, frame):
            yield self._edge(read, getter.frame, None, getter.function.qualname)

    def _hit(self, call: Call, name: str, frame: Frame) -> Hit | None:
        if name not in self._leaves and not self.blocking.any_method:
            return None
        bridge = find_bridge(call, frame, self._evaluator, self._options)
        if bridge is not None:
            if bridge.handed and is_consumed(call, frame.function):
                said = self.blocking.find(call, frame)
                return Hit(BLOCKING, call, frame, said) if said else None
            if bridge.handed or bridge.loop == THREAD or self._is_elsewhere(bridge):
                return None
            return None if self.running.recovers(frame, call.block) else Hit(BRIDGE, call, frame, bridge.name, bridge)
        if call.use in _AWAITED:
            return None
        if name == "run_until_complete" and isinstance(call.function, Attribute):
            # A loop from elsewhere: no other object has this method.
            origins = self._evaluator.origins(call.function, frame)
            if not any(isinstance(o, FunctionObject) for o in origins):
                if not self.running.recovers(frame, call.block):
                    return Hit(BRIDGE, call, frame, "run_until_complete()")
            return None
        if name == "result" and isinstance(call.function, Attribute):
            if THREADSAFE in self._evaluator.names(call.function.value, frame):
                return None if is_done(call, frame) else Hit(WAIT, call, frame, "run_coroutine_threadsafe().result()")
        if name in SENDS and self._publishes:
            result = next(results(call, frame, self._evaluator), None)
            return Hit(PUBLISH, call, frame, result.text) if result is not None else None
        said = self.blocking.find(call, frame)
        return Hit(BLOCKING, call, frame, said) if said else None

    def _is_elsewhere(self, bridge: Bridge) -> bool:
        """Say whether a bridge can run beside the loop of this thread: a portal's thread, trio next to asyncio."""
        names = self._evaluator.names(bridge.call.function, bridge.frame)
        if any(name.startswith("anyio.from_thread.") for name in names):
            return True
        return "trio.run" in names

    def _edges(self, call: Call, name: str, frame: Frame) -> Iterator[_Edge]:
        evaluator = self._evaluator
        for callee in evaluator.origins(call.function, frame):
            if isinstance(callee, FunctionObject):
                function = callee.function
                if self._runs_here(callee, call):
                    task = self._task_of(function)
                    target = callee.frame if task is None else self._task_frame(task, callee.frame)
                    yield self._edge(call, evaluator.bind(call, frame, target), task)
            elif isinstance(callee, ClassObject):
                made = Instance(callee, Place(frame.module.path, call.line, call.column), None, call, frame)
                names = ["__init__", "__post_init__"]
                if call.use == ENTERED:
                    names += ["__enter__", "__exit__"]
                for special in names:
                    method = evaluator.method(made, special)
                    if method is not None and not method.function.is_async:
                        bound = evaluator.bind(call, frame, method.frame) if special == "__init__" else method.frame
                        yield self._edge(call, bound, None, f"{callee.cls.name}()")
            elif isinstance(callee, Instance):
                method = evaluator.method(callee, "__call__")
                if method is not None and self._runs_here(method, call):
                    bound = evaluator.bind(call, frame, method.frame)
                    yield self._edge(call, bound, None, f"{callee.cls.cls.name}()")
            elif isinstance(callee, Method):
                yield from self._method(callee, call, name, frame)
            elif isinstance(callee, Made) and isinstance(callee.of, FunctionObject):
                yield from self._run_in_place(callee, call)

    def _method(self, callee: Method, call: Call, name: str, frame: Frame) -> Iterator[_Edge]:
        if name in _TASK_CALLS and isinstance(callee.receiver, FunctionObject):
            task = self._task_of(callee.receiver.function)
            if task is not None and not task.function.is_async:
                target = self._task_frame(task, callee.receiver.frame)
                yield self._edge(call, self._evaluator.bind(call, frame, target) if name != "apply" else target, task)
        elif name == "apply" and isinstance(callee.receiver, Made):
            yield from self._run_in_place(callee.receiver, call)
        elif name in _SCHEDULED and isinstance(callee.receiver, Made):
            future = name == "add_done_callback"
            if future and f"{callee.receiver.name.rpartition('.')[2]}()" not in _LOOP_TASKS:
                return
            position = _SCHEDULED[name]
            for value in call.arguments[position : position + 1]:
                for origin in self._evaluator.origins(value, frame):
                    if isinstance(origin, FunctionObject) and self._runs_here(origin, call):
                        apart = call._replace(arguments=call.arguments[position + 1 :], keywords=())
                        yield self._edge(call, self._evaluator.bind(apart, frame, origin.frame), None)

    def _run_in_place(self, signature: Made, call: Call) -> Iterator[_Edge]:
        """Yield the tasks that calling or applying a signature runs in place: ``task.s()()``, ``chain(…).apply()``."""
        for signed in self._signed(signature):
            task = self._task_of(signed.function)
            if task is not None and not task.function.is_async:
                yield self._edge(call, self._task_frame(task, signed.frame), task)

    def _signed(self, origin: Origin, depth: int = 0) -> Iterator[FunctionObject]:
        """Yield the functions of which a signature is, or those of the signatures that a canvas is made of."""
        if not isinstance(origin, Made) or depth > _MOST_NESTED:
            return
        if isinstance(origin.of, FunctionObject):
            if origin.name.rpartition(".")[2] in _SIGNS:
                yield origin.of
        elif origin.name in _CANVASES and origin.call is not None and origin.frame is not None:
            for value in origin.call.arguments:
                for part in value.values if isinstance(value, Collection) else (value,):
                    for inner in self._evaluator.origins(part, origin.frame):
                        yield from self._signed(inner, depth + 1)

    def _edge(self, call: Call, callee: Frame, task: Task | None, name: str = "") -> _Edge:
        function = callee.function
        called = function.name if function.kind == "function" else last_name(call.function)
        said = name or (f"task '{task.name}'" if task is not None else f"{called}()")
        return _Edge(call, _slim(callee), said, task.name if task is not None else "")

    def _task_frame(self, task: Task, frame: Frame) -> Frame:
        return task.frame if task.frame.arguments else frame

    def _runs_here(self, callee: FunctionObject, call: Call) -> bool:
        """Say whether calling a function runs its body here and now."""
        function = callee.function
        if function.is_async:
            return False
        if function.is_generator and call.use not in (ITERATED, ENTERED):
            return False
        if not function.decorators:
            return True
        return call.use not in _AWAITED and self._is_plain(callee)

    def _is_plain(self, callee: FunctionObject) -> bool:
        """Say whether the decorators of a function are known to call it where it is called."""
        function = callee.function
        known = self._plain.get(function)
        if known is None:
            known = self._plain[function] = self._task_of(function) is not None or all(
                self._keeps_plain(value, callee) for value in function.decorators
            )
        return known

    def _keeps_plain(self, decorator: Value, callee: FunctionObject) -> bool:
        evaluator, module = self._evaluator, callee.module
        scope = evaluator.frame(module, module.functions[max(callee.function.parent, 0)])
        value = decorator.function if isinstance(decorator, Call) else decorator
        origins = evaluator.origins(value, scope)
        return bool(origins) and all(_leaves_plain(origin) for origin in origins)

    # -- which calls are worth a look --------------------------------------------------------------------------------

    def _leaf_names(self) -> set[str]:
        """Return the last parts of the names of what a coroutine must not meet."""
        names = {"run", "run_until_complete", "result", *self.blocking.last_names, *(SENDS if self._publishes else ())}
        names.update(name.rpartition(".")[2] for name in BRIDGES)
        names.update(name.rpartition(".")[2] for name in self._options.bridges)
        return names

    def _callable_names(self) -> set[str]:
        """Return the names under which the project's functions and classes are defined."""
        names = {name for module in self._modules for name in _defined(module)}
        return names | (_TASK_CALLS | _SIGNS if self._has_tasks() else set())

    def _has_tasks(self) -> bool:
        return any(
            isinstance(binding, Import) and "celery" in f"{binding.module}.{binding.name}".lower()
            for module in self._modules
            for function in module.functions
            for bindings in function.bindings.values()
            for binding in bindings
        )


def _slim(frame: Frame) -> Frame:
    """Return the frame without what cannot matter, so that a function is read as few times as possible."""
    arguments = tuple(
        [
            (name, kept)
            for name, origins in frame.arguments
            if (kept := tuple([o for o in origins if not isinstance(o, (Literal, Argument))]))
        ]
    )
    return Frame(frame.module, frame.function, arguments, frame.closure)


def _distances(kind: str, facts: Mapping[Frame, _Facts], callers: Mapping[Frame, list[Frame]]) -> dict[Frame, int]:
    """Return how many calls lie between each plain function that reaches a hit of a kind and the nearest one."""
    distance = {frame: 0 for frame, found in facts.items() if any(hit.kind == kind for hit in found.hits)}
    queue = deque(distance)
    while queue:
        frame = queue.popleft()
        for caller in callers.get(frame, ()):
            if caller not in distance:
                distance[caller] = distance[frame] + 1
                queue.append(caller)
    return distance


@of_facts
def _calls_made(function: Function) -> list[Call]:
    """Return the calls of a function and those that going through ``map(f, values)`` makes."""
    return [
        *function.calls,
        *[
            call._replace(function=call.arguments[0], arguments=(), keywords=(), use=COLLECTED)
            for call in function.calls
            if call.function == Name("map") and call.arguments and is_consumed(call, function)
        ],
    ]


@of_facts
def _defined(module: Module) -> frozenset[str]:
    """Return the names of a module's plain functions and classes, and of what else may be called for sure."""
    found = {f.name for f in module.functions if f.kind == "function" and not f.is_async}
    found.update([cls.name for cls in module.classes])
    for function in module.functions:
        for assignment in function.assignments:
            if assignment.via == "=" and isinstance(assignment.value, Lambda):
                found.add(last_name(assignment.target))
    return frozenset(found - {""})


@of_facts
def _renames(module: Module) -> frozenset[tuple[str, str]]:
    """Return the names of a module's functions under other names: pairs of one and what may stand for it.

    These are imports, decorators (what is below may be async, and a plain function above it), variables, attributes
    and parameters by their default. What a loop or a parameter holds may be any function: that comes of no name.
    """
    return frozenset([pair for function in module.functions for pair in _renames_in(function)])


def _renames_in(function: Function) -> Iterator[tuple[str, str]]:
    for decorator in function.decorators:
        yield last_name(decorator), function.name
    for bound, bindings in function.bindings.items():
        for binding in bindings:
            if isinstance(binding, Import) and binding.name is not None:
                yield binding.name, bound
            elif isinstance(binding, Stored):
                yield _aliased(binding.assignment.value), bound
    for parameter in function.parameters:
        if parameter.default is not None:
            yield _aliased(parameter.default), parameter.name
    given = {parameter.name for parameter in function.parameters}
    for assignment in function.assignments:
        target, value = assignment.target, assignment.value
        if assignment.via == "for" and isinstance(target, Name):
            yield _ANYTHING, target.id
        elif assignment.via == "=" and isinstance(target, (Name, Attribute)):
            yield last_name(value), last_name(target)
            if isinstance(target, Attribute):
                is_given = isinstance(value, Name) and value.id in given
                yield _ANYTHING if is_given else _aliased(value), target.name


def _aliased(value: Value) -> str:
    """Return the name that a value may be another one of: a call of ``partial`` may be one of any."""
    if not isinstance(value, Call):
        return last_name(value)
    return _ANYTHING if last_name(value) in _MAKES_CALLABLE else ""


def _renamed(names: set[str], renames: Mapping[str, Iterable[tuple[str, str]]]) -> frozenset[str]:
    """Return names with all that may stand for one of them."""
    found = {*names}
    waiting = [*names, _ANYTHING]
    while waiting:
        new = {other for _, other in renames.get(waiting.pop(), ())} - found
        found |= new
        waiting += new
    return frozenset(found)


@of_facts
def _last_names(function: Function) -> frozenset[str]:
    """Return the last parts of the names of what a function calls, and of the attributes that it reads."""
    found = {last_name(call.function) for call in _calls_made(function)}
    return frozenset(found.union([last_name(read.function) for read in attribute_reads(function)]))


def _looked_at(frame: Frame) -> frozenset[str]:
    """Return the words of a vocabulary on which it depends what a function does when a coroutine calls it."""
    names = _last_names(frame.function)
    return names.union([_ANY_METHOD], [f"a leaf {name}" for name in names], [f"asks {name}" for name in names])


def _leaves_plain(origin: Origin) -> bool:
    if isinstance(origin, FunctionObject):
        function, module = origin.function, origin.module
        inner = [f for f in module.functions if f.parent == function.index]
        if function.is_async or any(f.is_async for f in inner):
            return False
        names = {last_name(call.function).lower() for f in (function, *inner) for call in f.calls}
        return not any(word in name for name in names for word in _THREAD_WORDS)
    if isinstance(origin, (External, Made, Method)):
        name = name_of(origin)
        return name.partition(".")[0] in _PLAIN_DECORATORS and not any(word in name.lower() for word in _THREAD_WORDS)
    return False


__all__ = [
    "BLOCKING",
    "BRIDGE",
    "PUBLISH",
    "THREADSAFE",
    "WAIT",
    "Chain",
    "Coroutines",
    "Hit",
    "Meeting",
]
