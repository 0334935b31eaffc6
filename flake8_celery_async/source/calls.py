"""What a call gives back, and what the arguments of a call mean to the function it calls.

The half of :mod:`flake8_celery_async.source.evaluate` that looks at calls: of functions and classes of the project, of
what libraries make, of partials, providers and context managers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flake8_celery_async.source.interpreter import Interpreter
from flake8_celery_async.source.module import (
    Assignment,
    Attribute,
    Call,
    Constant,
    Function,
    Mapping,
    Name,
    Starred,
    Subscript,
    Value,
)
from flake8_celery_async.source.names import dotted
from flake8_celery_async.source.origins import (
    Argument,
    ClassObject,
    Coroutine,
    External,
    Frame,
    FunctionObject,
    Hold,
    Instance,
    Literal,
    Made,
    Managed,
    Method,
    Origin,
    Packed,
    Place,
    held,
    name_of,
    parts_of,
    place_of,
    with_arguments,
)
from flake8_celery_async.source.stored import items, looked_up

_LOOKUPS = ("get", "setdefault", "pop")
"""Methods of a dict that give what is under a key, or else a default."""
_CACHES = frozenset({"functools.lru_cache", "functools.cache", "cachetools.cached", "cachetools.func.lru_cache"})
_MANAGERS = frozenset({"contextlib.contextmanager", "contextlib.asynccontextmanager"})
_SHELVES = {"fastapi_cache.FastAPICache.get_backend": "fastapi_cache.FastAPICache.init"}
"""Functions of libraries that give what another one was given, which the library keeps."""
_PROVIDERS = "dependency_injector.providers."
SAME_VALUE = {
    # callee: index of the argument that comes out unchanged
    "builtins.dict": 0,
    "builtins.list": 0,
    "copy.copy": 0,
    "types.MappingProxyType": 0,
    "typing.cast": 1,
    "contextlib.closing": 0,
    "contextlib.aclosing": 0,
    "functools.wraps": -1,
    "fastapi.Depends": 0,
    "fastapi.params.Depends": 0,
}


def bind(evaluator: Interpreter, call: Call, caller: Frame, callee: Frame) -> Frame:
    """Return the callee's frame with the arguments of a call, evaluated in the caller's frame.

    Parameters already bound in ``callee`` (a receiver) are left out of the positional ones. A flag of which nothing is
    known but that it is passed, is its own :class:`Argument`: it does not have its default.
    """
    known = dict(callee.arguments)
    parameters = callee.function.parameters
    free = [p for p in parameters if p.kind == "positional" and p.name not in known]
    passed = list(_passed(evaluator, call, caller))
    flags = _flags(callee)
    for parameter, found in zip(free, passed):
        if found or parameter.name in flags:
            known[parameter.name] = found or flags[parameter.name]
    named = {p.name for p in parameters if p.kind in ("positional", "keyword")}
    for name, value, frame in _keywords(evaluator, call.keywords, caller):
        if name in named:
            found = evaluator.origins(value, frame)
            if found or name in flags:
                known[name] = found or flags[name]
    for parameter in parameters:
        if parameter.kind == "*":
            before = [part for origin in known.get(parameter.name, ()) for part in parts_of(origin)]
            parts = (*before, *passed[len(free) :])
            if any(not isinstance(origin, (Literal, Argument)) for part in parts for origin in part):
                known[parameter.name] = (Packed(parts),)
        elif parameter.kind == "**":
            rest = [(Constant(k) if k else None, value) for k, value in call.keywords if k not in named]
            if rest:
                known[parameter.name] = (Literal(Mapping(tuple(rest)), caller, id(call)),)
    return with_arguments(callee, known)


def _flags(callee: Frame) -> dict[str, tuple[Origin, ...]]:
    """Return the parameters that are true or false by default, each as one of which nothing is known."""
    return {
        p.name: (Argument(callee.module, callee.function, p.name),)
        for p in callee.function.parameters
        if isinstance(p.default, Constant) and isinstance(p.default.value, bool)
    }


def left_out(call: Call, callee: Frame) -> dict[str, Value]:
    """Return the defaults of the parameters that a call leaves out for certain, by their names.

    ``callee`` is the frame of what is called, before the call: with nothing but a receiver in it.
    """
    if any(isinstance(a, Starred) for a in call.arguments) or any(key is None for key, _ in call.keywords):
        return {}
    known = {name for name, _ in callee.arguments}
    free = [p.name for p in callee.function.parameters if p.kind == "positional" and p.name not in known]
    given = {*known, *free[: len(call.arguments)], *[key for key, _ in call.keywords]}
    return {p.name: p.default for p in callee.function.parameters if p.default is not None and p.name not in given}


def _passed(evaluator: Interpreter, call: Call, frame: Frame) -> Iterator[tuple[Origin, ...]]:
    """Yield the origins of each positional argument, up to a ``*args`` of which nothing is known."""
    for value in call.arguments:
        if not isinstance(value, Starred):
            yield evaluator.origins(value, frame)
            continue
        packed = evaluator.origins(value.value, frame)
        if len(packed) != 1 or not isinstance(packed[0], Packed):
            return
        yield from packed[0].parts


def _keywords(
    evaluator: Interpreter, keywords: Iterable[tuple[str | None, Value]], frame: Frame, depth: int = 0
) -> Iterator[tuple[str, Value, Frame]]:
    """Yield the names of keyword arguments with their values; ``**kwargs`` is opened where its names are known."""
    for name, value in keywords:
        if name is not None:
            yield name, value, frame
            continue
        for origin in evaluator.origins(value, frame) if depth < 4 else ():
            if isinstance(origin, Literal) and isinstance(origin.value, Mapping):
                items = [
                    (str(key.value) if isinstance(key, Constant) else None, part)
                    for key, part in origin.value.items
                    if key is None or isinstance(key, Constant)
                ]
                yield from _keywords(evaluator, items, origin.frame, depth + 1)


def call_result(evaluator: Interpreter, call: Call, frame: Frame) -> Iterator[Origin]:
    """Yield what a call gives back in the frame; ``get()`` of a container gives what is stored there, too."""
    callees = evaluator.origins(call.function, frame)
    # What a library holds (``os.environ``) has other items than those that are stored here.
    if isinstance(call.function, Attribute) and not any(isinstance(callee, External) for callee in callees):
        yield from _looked_up(evaluator, call.function, call.arguments, bool(callees), frame)
    for callee in callees:
        yield from result(evaluator, callee, call, frame)


def _looked_up(
    evaluator: Interpreter, method: Attribute, arguments: tuple[Value, ...], is_known: bool, frame: Frame
) -> Iterator[Origin]:
    """Yield what a lookup gives; ``is_known``: the method is one of an object that is no display."""
    if method.name not in _LOOKUPS:
        return
    if arguments:
        yield from looked_up(evaluator, method.value, arguments[0], frame)
        for default in () if is_known else arguments[1:2]:
            yield from evaluator.origins(default, frame)
    else:  # of a context variable
        path = dotted(method.value)
        if path is not None:
            yield from items(evaluator, path, frame)


def result(evaluator: Interpreter, callee: Origin, call: Call, frame: Frame) -> Iterator[Origin]:
    """Yield what one possible callee of a call gives back."""
    place = Place(frame.module.path, call.line, call.column)
    if isinstance(callee, FunctionObject):
        yield from _project_call(evaluator, callee, call, frame, place)
    elif isinstance(callee, ClassObject):
        yield Instance(callee, place, _singleton(evaluator, callee), call, frame)
    elif isinstance(callee, External):
        passed = SAME_VALUE.get(callee.name, -1)
        if 0 <= passed < len(call.arguments):
            yield from evaluator.origins(call.arguments[passed], frame)
        elif callee.name == "functools.partial":
            yield from _partial(evaluator, call, frame)
        elif callee.name == "builtins.super":
            yield from _super(evaluator, frame)
        elif callee.name == "builtins.next" and call.arguments:
            yield from evaluator.elements(call.arguments[0], frame)
            for default in call.arguments[1:2]:
                yield from evaluator.origins(default, frame)
        elif callee.name == "builtins.getattr":
            yield from _getattr(evaluator, call, frame)
        elif callee.name in _SHELVES:
            yield from _put(evaluator, _SHELVES[callee.name])
        elif callee.name == "importlib.import_module":
            yield from _imported(evaluator, call, frame)
        else:
            yield Made(callee.name, place, None, call, frame)
    elif isinstance(callee, Method):
        name = name_of(callee)
        if name == "injector.Injector().get" and isinstance(callee.receiver, Made):
            yield from _of_injector(evaluator, callee.receiver, call, frame)
            return
        yield Made(name or f"?.{callee.name}", place, None, call, frame, callee.receiver)
    elif isinstance(callee, Made):
        if callee.name in _MANAGERS and callee.call is not None and callee.frame is not None:
            # ``session_scope = asynccontextmanager(get_session)``
            for made in evaluator.origins(callee.call.arguments[0], callee.frame) if callee.call.arguments else ():
                if isinstance(made, FunctionObject):
                    yield Managed(evaluator.bind(call, frame, made.frame))
            return
        provided = list(_provides(evaluator, callee))
        yield from provided
        if not provided:
            yield Made(f"{callee.name}()", place, None, call, frame, callee)
    elif isinstance(callee, Instance):
        method = evaluator.method(callee, "__call__")
        if method is not None:
            yield from _project_call(evaluator, method, call, frame, place)


def _partial(evaluator: Interpreter, call: Call, frame: Frame) -> Iterator[Origin]:
    """Yield the function that ``partial(function, …)`` calls, with the arguments it was given."""
    apart = call._replace(arguments=call.arguments[1:])
    for origin in evaluator.origins(call.arguments[0], frame) if call.arguments else ():
        if isinstance(origin, FunctionObject):
            origin = FunctionObject(evaluator.bind(apart, frame, origin.frame))
        yield origin


def _singleton(evaluator: Interpreter, cls: ClassObject) -> Hold | None:
    """Return what keeps the one object of a class.

    ``__new__``, or its metaclass, stores it in the class, or a decorator stores it.
    """
    makers = [evaluator.method(cls, "__new__")] if "__new__" in cls.module.functions[cls.cls.body].bindings else []
    for key, value in cls.cls.keywords:
        if key == "metaclass":
            scope = evaluator.frame(cls.module, cls.module.functions[cls.cls.parent])
            makers += [
                evaluator.method(o, "__call__") for o in evaluator.origins(value, scope) if isinstance(o, ClassObject)
            ]
    for maker in makers:
        if maker is None or not maker.function.parameters:
            continue
        first = maker.function.parameters[0].name
        for assignment in maker.function.assignments:
            target = assignment.target
            path = dotted(target.value if isinstance(target, (Attribute, Subscript)) else target)
            if path is not None and path[0] in (first, cls.cls.name) and not isinstance(target, Name):
                return Hold("class attribute", cls.cls.name, place_of(maker.module, assignment))
    return _kept_by_decorator(evaluator, cls) if cls.cls.decorators else None


def _kept_by_decorator(evaluator: Interpreter, cls: ClassObject) -> Hold | None:
    """Return what keeps the one object of a class under a cache, or under the project's own ``@singleton``."""
    scope = evaluator.frame(cls.module, cls.module.functions[cls.cls.parent])
    here = Place(cls.module.path, cls.cls.line, cls.cls.column)
    for decorator in cls.cls.decorators:
        called = decorator.function if isinstance(decorator, Call) else decorator
        for origin in evaluator.origins(called, scope):
            if isinstance(origin, External) and origin.name in _CACHES:
                return Hold("cache", f"{cls.cls.name}()", here)
            if isinstance(origin, FunctionObject) and origin.function.parameters:
                made = Name(origin.function.parameters[0].name)
                for function in origin.module.functions:
                    if origin.function in (function, origin.module.functions[max(function.parent, 0)]):
                        for assignment in function.assignments:
                            value = assignment.value
                            if isinstance(value, Call) and value.function == made and _outlives(assignment, function):
                                return Hold("cache", f"{cls.cls.name}()", here)
    return None


def _provides(evaluator: Interpreter, provider: Made) -> Iterator[Origin]:
    """Yield what a provider of dependency_injector gives of a class or a function of the project.

    Providers among the arguments stand for what they give in turn.
    """
    call, frame = provider.call, provider.frame
    if not provider.name.startswith(_PROVIDERS) or call is None or frame is None or not call.arguments:
        return
    filled = call._replace(
        arguments=tuple([_injected(evaluator, value, frame) for value in call.arguments[1:]]),
        keywords=tuple([(key, _injected(evaluator, value, frame)) for key, value in call.keywords]),
    )
    kept = not provider.name.endswith("Factory")
    for origin in evaluator.origins(call.arguments[0], frame):
        if isinstance(origin, ClassObject):
            yield Instance(origin, provider.place, provider.hold if kept else None, filled, frame)
        elif isinstance(origin, FunctionObject) and provider.place is not None:
            for made in _project_call(evaluator, origin, filled, frame, provider.place):
                yield held(made, provider.hold) if kept and provider.hold is not None else made


def _of_injector(evaluator: Interpreter, injector: Made, call: Call, frame: Frame) -> Iterator[Origin]:
    """Yield what ``Injector([Services()]).get(Client)`` gives: what the module's provider of this type returns."""
    wanted = set(evaluator.origins(call.arguments[0], frame)) if call.arguments else set()
    if injector.call is None or injector.frame is None:
        return
    for given in injector.call.arguments[:1]:
        modules = (*evaluator.elements(given, injector.frame), *evaluator.origins(given, injector.frame))
        for module in modules:
            if isinstance(module, (ClassObject, Instance)):
                yield from _of_type(evaluator, module, wanted)


def _of_type(evaluator: Interpreter, module: ClassObject | Instance, wanted: set[Origin]) -> Iterator[Origin]:
    """Yield what the providers of a module of injector give that say to return one of some types."""
    owner = module if isinstance(module, ClassObject) else module.cls
    for function in owner.module.functions:
        if function.cls != owner.cls.index or function.returns is None or not function.decorators:
            continue
        names = {name for group in evaluator.decorator_names(owner.module, function) for name in group}
        scope = evaluator.frame(owner.module, owner.module.body)
        if "injector.provider" not in names or wanted.isdisjoint(evaluator.origins(function.returns, scope)):
            continue
        provider = evaluator.method(Instance(owner), function.name)
        for origin in evaluator.returns(provider.frame) if provider is not None else ():
            place = Place(owner.module.path, function.line, function.column)
            kept = Hold("cache", f"{function.qualname}()", place)
            yield held(origin, kept) if "injector.singleton" in names else origin


def _injected(evaluator: Interpreter, value: Value, frame: Frame) -> Value:
    for origin in evaluator.origins(value, frame):
        if isinstance(origin, Made) and origin.name.startswith(_PROVIDERS):
            return Call(value, (), (), "argument", 0, origin.place.line if origin.place else 0, 0)
    return value


def _getattr(evaluator: Interpreter, call: Call, frame: Frame) -> Iterator[Origin]:
    """Yield what ``getattr(object, "name", default)`` gives."""
    for name in call.arguments[1:2]:
        if isinstance(name, Constant) and isinstance(name.value, str):
            yield from evaluator.origins(Attribute(call.arguments[0], name.value), frame)
    for default in call.arguments[2:3]:
        yield from evaluator.origins(default, frame)


def _put(evaluator: Interpreter, keeper: str) -> Iterator[Origin]:
    """Yield what is given to a library to keep when a module is imported, with what keeps it."""
    for given in evaluator.sources.registrations(keeper.rpartition(".")[2]):
        frame = evaluator.frame(given.module, given.scope)
        if any(name_of(origin) == keeper for origin in evaluator.origins(given.call.function, frame)):
            place = Place(given.module.path, given.call.line, given.call.column)
            for value in given.call.arguments[:1]:
                for origin in evaluator.origins(value, frame):
                    yield held(origin, Hold("class attribute", keeper.split(".")[-2], place))


def _imported(evaluator: Interpreter, call: Call, frame: Frame) -> Iterator[Origin]:
    """Yield the module that ``import_module("app.handlers")`` gives; what a relative name means is not followed."""
    for name in call.arguments[:1]:
        for origin in evaluator.origins(name, frame):
            given = origin.value.value if isinstance(origin, Literal) and isinstance(origin.value, Constant) else None
            if isinstance(given, str) and given and not given.startswith("."):
                yield from evaluator.dotted(given, frame.module)


def _super(evaluator: Interpreter, frame: Frame) -> Iterator[Origin]:
    function: Function | None = frame.function
    while function is not None and function.cls < 0:
        function = frame.module.functions[function.parent] if function.parent >= 0 else None
    if function is None:
        return
    owner = ClassObject(frame.module, frame.module.classes[function.cls])
    lineages = [line for line in _lineages(evaluator, function, frame) if owner in line] or [evaluator.lineage(owner)]
    for lineage in lineages:
        for base in lineage[lineage.index(owner) + 1 :][:1]:
            yield Instance(base) if isinstance(base, ClassObject) else Made(base.name)


def _lineages(evaluator: Interpreter, method: Function, frame: Frame) -> Iterator[list[ClassObject | External]]:
    """Yield the lineages of the objects that a method is called on: ``super()`` of a mixin is the class beside it."""
    current: Frame | None = frame
    while current is not None and current.function is not method:
        current = current.closure
    for name, origins in current.arguments if current is not None else ():
        for origin in origins if method.parameters and name == method.parameters[0].name else ():
            if isinstance(origin, (ClassObject, Instance)):
                yield evaluator.lineage(origin.cls if isinstance(origin, Instance) else origin)


def _project_call(
    evaluator: Interpreter, callee: FunctionObject, call: Call, frame: Frame, place: Place
) -> Iterator[Origin]:
    function = callee.function
    bound = evaluator.bind(call, frame, callee.frame)
    names = {name for group in evaluator.decorator_names(callee.module, function) for name in group}
    if names & _MANAGERS:
        yield Managed(bound)
        return
    generator = function.is_generator
    if function.is_async:
        yield Coroutine(bound, place, generator)
        return
    if generator:
        return
    cached = bool(names & _CACHES)
    for origin in evaluator.returns(bound):
        if cached:
            where = Place(callee.module.path, function.line, function.column)
            origin = held(origin, Hold("cache", f"{function.qualname}()", where))
        yield origin


def _outlives(assignment: Assignment, function: Function) -> bool:
    """Say whether an assignment stores its value in something that is not the function's own."""
    target = assignment.target
    if isinstance(target, Name):
        return target.id in function.outer or target.id in function.nonlocals
    path = dotted(target.value) if isinstance(target, (Attribute, Subscript)) else None
    return path is not None and path[0] not in function.bindings
