"""Objects that belong to one event loop: how they are made, kept and made safe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from flake8_celery_async.options import Options
from flake8_celery_async.semantics.catalog import loop_bound, null_pools
from flake8_celery_async.semantics.catalog.bridges import LOOP_GETTERS
from flake8_celery_async.semantics.catalog.loop_bound import LoopBound
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.memory import query
from flake8_celery_async.source.module import (
    Attribute,
    Call,
    Choice,
    Constant,
    Function,
    Mapping,
    Module,
    Name,
    Subscript,
    Value,
    of_facts,
)
from flake8_celery_async.source.names import dotted
from flake8_celery_async.source.origins import (
    External,
    Frame,
    Hold,
    Instance,
    Literal,
    Made,
    Method,
    Origin,
    Place,
    held,
    is_kept,
    name_of,
)
from flake8_celery_async.source.stored import stored_in

_OWNS = ("session_factory", "session")
"""Kinds that use the connections of an engine given to them."""
_PLAIN_FACTORIES = frozenset({"sqlalchemy.orm.sessionmaker", "sqlalchemy.orm.session.sessionmaker"})
"""Session factories of the sync API, which work on an async engine too, with ``class_=AsyncSession``."""
_PROVIDERS = ("Singleton", "ThreadSafeSingleton", "Resource", "ThreadLocalSingleton", "ContextLocalSingleton")


def is_thread_local(resource: Resource) -> bool:
    """Say whether each thread has an object of its own."""
    hold = resource.hold
    while hold is not None and hold.kind == "instance attribute" and hold.owner is not None:
        hold = hold.owner.hold
    return hold is not None and hold.kind == "thread-local"


@dataclass(frozen=True, slots=True)
class Resource:
    """A loop-bound object: what it is and what keeps it."""

    row: LoopBound
    place: Place
    hold: Hold | None
    made: Made | Instance = field(compare=False)

    @property
    def name(self) -> str:
        """The object as a reader knows it: the name it is kept under, else its class."""
        return self.hold.name if self.hold is not None else self.row.name.rpartition(".")[2]

    @property
    def kept(self) -> bool:
        """Whether it outlives the call that made it."""
        return is_kept(self.hold)


def resources(origin: Origin, evaluator: Evaluator, options: Options, depth: int = 0) -> Iterator[Resource]:
    """Yield the loop-bound objects that using ``origin`` uses: itself, what it was got from, the engine it owns."""
    if depth > 8:
        return
    if isinstance(origin, Method):
        yield from resources(origin.receiver, evaluator, options, depth + 1)
    elif isinstance(origin, Made):
        row = row_of(origin.name, options)
        if origin.name in _PLAIN_FACTORIES:
            yield from _owned(origin, evaluator, options, depth)
        elif origin.name in loop_bound.WRAPPERS:
            yield from _owned(origin, evaluator, options, depth, loop_bound.WRAPPERS[origin.name])
        elif row is None:
            provided = _provided(origin, evaluator, options)
            if provided is not None:
                yield provided
            elif origin.of is not None:
                yield from resources(origin.of, evaluator, options, depth + 1)
        elif row.kind in _OWNS:
            yield from _owned(origin, evaluator, options, depth)
        elif origin.place is not None:
            pools = _given_pools(origin, evaluator, options, depth)
            yield from pools or [Resource(row, origin.place, origin.hold, origin)]
    elif isinstance(origin, Instance) and origin.place is not None:
        for base in evaluator.lineage(origin.cls):
            if isinstance(base, External):
                row = row_of(base.name, options)
                if row is not None and row.kind not in _OWNS:
                    yield Resource(row, origin.place, origin.hold, origin)
                    return


def row_of(name: str, options: Options) -> LoopBound | None:
    """Return the catalogue's line for a constructor, or one for a name the user configured."""
    row = loop_bound.BY_NAME.get(name)
    if row is None and name in options.loop_bound:
        return LoopBound(name, "client", name.partition(".")[0], False, False, ("aclose", "close"), "cax-loop-bound")
    return row


def _owned(
    origin: Made, evaluator: Evaluator, options: Options, depth: int, keyword: str = "bind"
) -> Iterator[Resource]:
    """Yield the engines a session or a session factory works on; what keeps it keeps them as well.

    ``keyword`` is the name of its first argument, which gives them.
    """
    call, frame = origin.call, origin.frame
    if call is None or frame is None:
        return
    bound = call.argument(0, keyword)
    if bound is None:
        for engine in stored_in(evaluator, origin, "bind"):  # ``Session.configure(bind=engine)``
            yield from resources(engine, evaluator, options, depth + 1)
        if origin.of is not None:
            yield from resources(origin.of, evaluator, options, depth + 1)
        return
    for engine in evaluator.origins(bound, frame):
        kept = engine if origin.hold is None else held(engine, origin.hold)
        yield from resources(kept, evaluator, options, depth + 1)


def _given_pools(origin: Made, evaluator: Evaluator, options: Options, depth: int) -> list[Resource]:
    """Return the kept pools a client works on: ``Redis(connection_pool=pool)`` has no connections of its own."""
    call, frame = origin.call, origin.frame
    pool = call.keyword("connection_pool") if call is not None else None
    if pool is None or frame is None:
        return []
    found = [r for o in evaluator.origins(pool, frame) for r in resources(o, evaluator, options, depth + 1)]
    return [resource for resource in found if resource.kept]


def _provided(origin: Made, evaluator: Evaluator, options: Options) -> Resource | None:
    """Return the object of ``providers.Singleton(httpx.AsyncClient)``, got by calling the provider."""
    provider = origin.of
    if not isinstance(provider, Made) or provider.call is None or provider.frame is None or provider.place is None:
        return None
    if provider.name.rpartition(".")[2] not in _PROVIDERS or not provider.call.arguments:
        return None
    for name in evaluator.names(provider.call.arguments[0], provider.frame):
        row = row_of(name, options)
        if row is not None:
            return Resource(row, provider.place, provider.hold, provider)
    return None


# -- what makes an object safe on a fresh loop -----------------------------------------------------------------------


def has_null_pool(resource: Resource, evaluator: Evaluator) -> bool:
    """Say whether an engine is made without a pool, so that no connection outlives its loop.

    Any branch of the same factory that sets NullPool counts (the branch for workers), unless the call that made the
    engine does not take it; ``NullPool if x else None`` does not count (IDIOMS B3).
    """
    call, frame = resource.made.call, resource.made.frame
    if call is None or frame is None or resource.row.kind != "engine":
        return False
    passed_over = _passed_over(resource, frame)
    for key, value in call.keywords:
        if key == "poolclass" and _is_null_pool(value, frame, evaluator):
            return True
        if key is None and _options_have_null_pool(value, frame, evaluator, passed_over):
            return True
    return any(
        other is not call
        and other.block not in passed_over
        and _is_alternative(other, call, frame.function)
        and _is_null_pool(pool, frame, evaluator)
        for other, pool in _with_pool_class(frame.function)
    )


def _passed_over(resource: Resource, frame: Frame) -> frozenset[int]:
    """Return the blocks of the factory that the call which made an object passes over.

    ``if for_worker:``, where ``for_worker`` is a parameter that the call gives False, or leaves at that.
    """
    function = frame.function
    hold = resource.hold
    is_called = (
        hold is not None
        and function.kind == "function"
        and not (hold.place.path == frame.module.path and function.line <= hold.place.line <= function.end_line)
    )
    taken = {name: truth for name in _flags(function) if (truth := _truth(name, frame, is_called)) is not None}
    found: set[int] = set()
    for index, block in enumerate(function.blocks):
        test = block if block.kind == "if" else function.blocks[block.peer] if block.kind == "else" else None
        flag = test.values[0] if test is not None and len(test.values) == 1 else None
        not_met = isinstance(flag, Name) and taken.get(flag.id) is (block.kind != "if")
        if not_met or block.parent in found:
            found.add(index)
    return frozenset(found)


@of_facts
def _flags(function: Function) -> list[str]:
    """Return the parameters of a function that nothing else is assigned to."""
    return [p.name for p in function.parameters if len(function.bindings.get(p.name, ())) == 1]


def _truth(name: str, frame: Frame, is_called: bool) -> bool | None:
    """Return whether a parameter is true; None when it cannot be told.

    ``is_called``: a call of the project has made the frame, so what is not in it was left out, see
    :func:`flake8_celery_async.source.calls.bind`.
    """
    given = dict(frame.arguments).get(name)
    if given is not None:
        values = {o.value.value if isinstance(o, Literal) and isinstance(o.value, Constant) else ... for o in given}
        return None if ... in values or len(values) != 1 else bool(values.pop())
    default = next(p.default for p in frame.function.parameters if p.name == name)
    return default.value if is_called and isinstance(default, Constant) and isinstance(default.value, bool) else None


@of_facts
def _with_pool_class(function: Function) -> list[tuple[Call, Value]]:
    """Return the calls that are given ``poolclass`` by name, with what they are given."""
    return [(call, pool) for call in function.calls if (pool := call.keyword("poolclass")) is not None]


def _is_alternative(one: Call, other: Call, function: Function) -> bool:
    """Say whether only one of two calls of the same constructor is made: two branches, two values of a choice."""
    if one.function != other.function:
        return False
    if one.block != other.block:
        if function.kind == "function":
            return True
        targets = [{a.target for a in function.assignments if a.value is call} for call in (one, other)]
        return bool(targets[0] & targets[1])
    values = [a.value for a in function.assignments] + [leave.value for leave in function.leaves]
    choices = [value.values for value in values if isinstance(value, Choice)]
    return any(sum(part is one or part is other for part in parts) == 2 for parts in choices)


def _is_null_pool(value: Value, frame: Frame, evaluator: Evaluator) -> bool:
    if isinstance(value, Choice):
        return all(_is_null_pool(part, frame, evaluator) for part in value.values)
    origins = evaluator.origins(value, frame)
    if isinstance(value, Name) and len(origins) > 1:
        # Two branches of the factory assign it; one of them is for the workers.
        return any(name_of(o) in null_pools.NULL_POOLS for o in origins)
    return bool(origins) and all(name_of(o) in null_pools.NULL_POOLS for o in origins)


def _options_have_null_pool(
    value: Value, frame: Frame, evaluator: Evaluator, passed_over: frozenset[int] = frozenset()
) -> bool:
    """Look for NullPool in ``**options``: a dict display, ``dict(…)``, ``options["poolclass"] = …``, ``update``.

    ``passed_over``: blocks of the frame's function that do not count.
    """
    for origin in evaluator.origins(value, frame):
        if isinstance(origin, Literal) and isinstance(origin.value, Mapping):
            for key, part in origin.value.items:
                if key == Constant("poolclass") and _is_null_pool(part, origin.frame, evaluator):
                    return True
                if key is None and _options_have_null_pool(part, origin.frame, evaluator):
                    return True
        if isinstance(origin, Made) and origin.name == "builtins.dict" and origin.call and origin.frame:
            pool = origin.call.keyword("poolclass")
            if pool is not None and _is_null_pool(pool, origin.frame, evaluator):
                return True
    path = dotted(value)
    if path is None:
        return False
    for scope in {frame.function: None, frame.module.body: None}:
        inside = Frame(frame.module, scope, frame.arguments, frame.closure)
        left = passed_over if scope is frame.function else frozenset()
        for assignment in scope.assignments:
            target = assignment.target
            if not isinstance(target, Subscript) or target.key != Constant("poolclass") or assignment.block in left:
                continue
            if dotted(target.value) == path and _is_null_pool(assignment.value, inside, evaluator):
                return True
        for call in scope.calls:
            function = call.function
            if call.block in left:
                continue
            if isinstance(function, Attribute) and function.name == "update" and dotted(function.value) == path:
                pool = call.keyword("poolclass")
                if pool is not None and _is_null_pool(pool, inside, evaluator):
                    return True
                if any(_options_have_null_pool(a, inside, evaluator) for a in call.arguments):
                    return True
    return False


def keeps_no_connection(resource: Resource, evaluator: Evaluator) -> bool:
    """Say whether an httpx client is made with ``Limits(max_keepalive_connections=0)`` (LAB 3a)."""
    call, frame = resource.made.call, resource.made.frame
    if call is None or frame is None:
        return False
    limits = call.keyword("limits")
    if limits is None:
        return False
    for origin in evaluator.origins(limits, frame):
        if isinstance(origin, Made) and origin.name == "httpx.Limits" and origin.call is not None:
            if origin.call.keyword("max_keepalive_connections") == Constant(0):
                return True
    return False


def is_keyed_by_loop(resource: Resource, evaluator: Evaluator, module_at: Callable[[str], Module | None]) -> bool:
    """Say whether the code that keeps the object asks which loop is running before it hands the object out."""
    hold = resource.hold
    if hold is None:
        return False
    places = {hold.place, resource.place}
    for place in places:
        module = module_at(place.path)
        if module is None:
            continue
        function = innermost(module, place)
        if resource.row.name.startswith("motor.") and takes_running_loop(function, module, evaluator):
            return True
        if function.kind != "module" and asks_for_loop(evaluator.frame(module, function), evaluator):
            return True
    return False


def takes_running_loop(function: Function, module: Module, evaluator: Evaluator) -> bool:
    """Say whether a Motor client is told to ask for the loop at each call: ``client.get_io_loop = get_running_loop``.

    Its connections are those of pymongo's threads, so it belongs to no loop then.
    """
    frame = evaluator.frame(module, function)
    return any(
        isinstance(assignment.target, Attribute)
        and assignment.target.name == "get_io_loop"
        and not LOOP_GETTERS.isdisjoint(evaluator.names(assignment.value, frame))
        for assignment in function.assignments
    )


def innermost(module: Module, place: Place) -> Function:
    """Return the innermost function of a module around a place."""
    best = module.body
    for function in module.functions[1:]:
        if function.kind == "function" and function.line <= place.line <= function.end_line:
            best = function
    return best


@query
def asks_for_loop(frame: Frame, evaluator: Evaluator) -> bool:
    """Say whether a function looks the current loop up, itself or through one helper."""
    if _looks_loop_up(frame, evaluator):
        return True
    called = [origin for call in frame.function.calls for origin in evaluator.origins(call.function, frame)]
    inner = dict.fromkeys([helper for o in called if isinstance(helper := getattr(o, "frame", None), Frame)])
    return any(_looks_loop_up(helper, evaluator) for helper in inner)


_WORK = frozenset({"call_at", "call_later", "call_soon", "create_future", "create_task", "run_in_executor", "time"})
"""Methods that any loop has done in the same way."""


@query
def _looks_loop_up(frame: Frame, evaluator: Evaluator) -> bool:
    at_work = _loops_at_work(frame.function)
    return any(
        name_of(origin) in LOOP_GETTERS
        for call in frame.function.calls
        if id(call) not in at_work
        for origin in evaluator.origins(call.function, frame)
    )


@of_facts
def _loops_at_work(function: Function) -> frozenset[int]:
    """Return the calls, by identity, whose loop only gets work or gives a future: which one does not matter there."""
    makers = [
        call.function.value
        for call in function.calls
        if isinstance(call.function, Attribute) and call.function.name in _WORK
    ]
    names = [maker.id for maker in makers if isinstance(maker, Name)]
    found = {id(maker) for maker in makers if isinstance(maker, Call)}
    for assignment in function.assignments:
        target = assignment.target
        if isinstance(target, Name) and isinstance(assignment.value, Call) and target.id in names:
            if function.reads.get(target.id, 0) == names.count(target.id):
                found.add(id(assignment.value))
    return frozenset(found)


# -- drivers -----------------------------------------------------------------------------------------------------------


def driver(resource: Resource, evaluator: Evaluator) -> str:
    """Return the SQLAlchemy driver an engine's URL names (``asyncpg``), or an empty string when it is not literal."""
    call, frame = resource.made.call, resource.made.frame
    if call is None or frame is None:
        return ""
    url = call.argument(0, "url")
    if url is None:
        return ""
    for origin in evaluator.origins(url, frame):
        if isinstance(origin, Literal) and isinstance(origin.value, Constant):
            text = origin.value.value
            if isinstance(text, str):
                scheme = text.partition("://")[0]
                return scheme.partition("+")[2] or scheme
    return ""
