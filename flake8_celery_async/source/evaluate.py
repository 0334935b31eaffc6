"""Where does this value come from? A small, lazy, memoised interpreter over the facts of the modules.

It follows names, imports, attributes, calls and returns through any number of modules; it never guesses: what cannot
be followed has no origin. Results do not depend on the order of the questions (a result that was cut short by a cycle
is not remembered).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from flake8_celery_async.source.module import (
    Assignment,
    Attribute,
    Await,
    Binding,
    Call,
    Choice,
    Collection,
    Constant,
    Definition,
    Function,
    Import,
    Lambda,
    Mapping,
    Module,
    Name,
    Opaque,
    Parameter,
    Starred,
    Stored,
    Subscript,
    Value,
)
from flake8_celery_async.source.names import Store, Stores, absolute, dotted, find, method_of
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
    Package,
    Packed,
    Place,
    held,
)

DEPTH = 24
"""How many steps a value is followed; real code needs fewer than ten."""
STEPS = 5_000
"""Values that are looked at for one question; functions that call each other in circles could ask for any number."""
BREADTH = 8
"""How many different origins of one value are kept."""

_CACHES = frozenset({"functools.lru_cache", "functools.cache", "cachetools.cached", "cachetools.func.lru_cache"})
_PROPERTIES = frozenset({"builtins.property", "functools.cached_property", "django.utils.functional.cached_property"})
_MANAGERS = frozenset({"contextlib.contextmanager", "contextlib.asynccontextmanager"})
_PROVIDERS = "dependency_injector.providers."
_THREAD_LOCALS = frozenset({"threading.local", "_thread._local"})
_BY_ITEM = ("motor.", "pymongo.")
"""Libraries whose objects give parts of themselves by ``object[name]``."""
_SAME_VALUE = {
    # callee: index of the argument that comes out unchanged
    "typing.cast": 1,
    "contextlib.closing": 0,
    "contextlib.aclosing": 0,
    "functools.wraps": -1,
    "fastapi.Depends": 0,
    "fastapi.params.Depends": 0,
}
_BUILTINS = frozenset(
    {
        "property", "staticmethod", "classmethod", "open", "input", "print", "dict", "list", "set", "tuple", "super",
        "getattr", "setattr", "hasattr", "globals", "type", "isinstance", "id", "iter", "next", "anext", "aiter",
    }
)  # fmt: skip


class Sources(Protocol):
    """The modules of a project."""

    def module(self, name: str, importer: Module) -> Module | None:
        """Return the module that ``import name`` means in ``importer``, or None when it is not the project's."""

    def stores(self, module: Module, path: tuple[str, ...], name: str) -> Sequence[tuple[Module, Store]]:
        """Return the assignments in other modules to the attribute ``name`` of what ``path`` is in ``module``."""


class Evaluator:
    """Answers for all modules of one project; build one for each state of the files."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._memo: dict[tuple[int, Frame], tuple[Origin, ...]] = {}
        self._alive: list[Value] = []
        self._open: dict[tuple[int, Frame], int] = {}
        self._returning: dict[Function, int] = {}
        """The functions whose return values are being worked out, with the depth at which that began."""
        self._steps = 0
        self._lowest = DEPTH * 4
        self._resolving: set[tuple[str, Module]] = set()
        self._stores: dict[Module, Stores] = {}
        self._members: set[tuple[Module, str]] = set()
        self._lineages: dict[ClassObject, list[ClassObject | External]] = {}

    # -- questions ---------------------------------------------------------------------------------------------------

    def origins(self, value: Value, frame: Frame) -> tuple[Origin, ...]:
        """Return what the value can be in the frame, most likely first; empty when it cannot be told."""
        key = (id(value), frame)
        known = self._memo.get(key)
        if known is not None:
            return known
        depth = len(self._open)
        self._steps = self._steps + 1 if depth else 0
        if depth >= DEPTH or self._steps > STEPS:
            self._lowest = 0
            return ()
        started = self._open.get(key)
        if started is not None:
            self._lowest = min(self._lowest, started)
            return ()
        self._open[key] = depth
        made = tuple(_distinct(self._value(value, frame)))
        del self._open[key]
        if self._lowest >= depth:
            self._lowest = DEPTH * 4
            self._memo[key] = made
            self._alive.append(value)  # the key is an id: keep the value so that it stays unique
        return made

    def names(self, value: Value, frame: Frame) -> tuple[str, ...]:
        """Return the dotted names of the external things the value can be; see :func:`name_of`."""
        return tuple([name for name in map(name_of, self.origins(value, frame)) if name])

    def frame(self, module: Module, function: Function) -> Frame:
        """Return the frame of a function of which nothing is known but its place."""
        closure = None
        if function.parent > 0:
            closure = self.frame(module, module.functions[function.parent])
        return Frame(module, function, (), closure)

    def stores(self, module: Module) -> Stores:
        """Return the module's assignments to attributes and items."""
        known = self._stores.get(module)
        if known is None:
            known = self._stores[module] = Stores(module)
        return known

    def bind(self, call: Call, caller: Frame, callee: Frame) -> Frame:
        """Return the callee's frame with the arguments of a call, evaluated in the caller's frame.

        Parameters already bound in ``callee`` (a receiver) are left out of the positional ones.
        """
        known = dict(callee.arguments)
        parameters = callee.function.parameters
        free = [p for p in parameters if p.kind == "positional" and p.name not in known]
        passed = list(self._passed(call, caller))
        for parameter, found in zip(free, passed):
            if found:
                known[parameter.name] = found
        named = {p.name for p in parameters if p.kind in ("positional", "keyword")}
        for name, value, frame in self._keywords(call.keywords, caller):
            if name in named:
                found = self.origins(value, frame)
                if found:
                    known[name] = found
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
        return Frame(callee.module, callee.function, tuple(sorted(known.items(), key=_first)), callee.closure)

    def _passed(self, call: Call, frame: Frame) -> Iterator[tuple[Origin, ...]]:
        """Yield the origins of each positional argument, up to a ``*args`` of which nothing is known."""
        for value in call.arguments:
            if not isinstance(value, Starred):
                yield self.origins(value, frame)
                continue
            packed = self.origins(value.value, frame)
            if len(packed) != 1 or not isinstance(packed[0], Packed):
                return
            yield from packed[0].parts

    def _keywords(
        self, keywords: Iterable[tuple[str | None, Value]], frame: Frame, depth: int = 0
    ) -> Iterator[tuple[str, Value, Frame]]:
        """Yield the names of keyword arguments with their values; ``**kwargs`` is opened where its names are known."""
        for name, value in keywords:
            if name is not None:
                yield name, value, frame
                continue
            for origin in self.origins(value, frame) if depth < 4 else ():
                if isinstance(origin, Literal) and isinstance(origin.value, Mapping):
                    items = [
                        (str(key.value) if isinstance(key, Constant) else None, part)
                        for key, part in origin.value.items
                        if key is None or isinstance(key, Constant)
                    ]
                    yield from self._keywords(items, origin.frame, depth + 1)

    def returns(self, frame: Frame) -> Iterator[Origin]:
        """Yield what a call of the frame's function gives back (for a coroutine: what awaiting it gives)."""
        function = frame.function
        started = self._returning.get(function)
        if started is not None:
            # A recursive call gives what the outer one gives; each level has other arguments, so it would not end.
            self._lowest = min(self._lowest, started)
            return
        self._returning[function] = max(len(self._open) - 1, 0)
        found = [o for leave in function.leaves if leave.kind == "return" for o in self.origins(leave.value, frame)]
        del self._returning[function]
        yield from found
        if not found and function.returns is not None:
            yield from self.annotated(function.returns, Frame(frame.module, frame.module.body))

    def yields(self, frame: Frame) -> Iterator[Origin]:
        """Yield what the frame's generator function yields."""
        for leave in frame.function.leaves:
            if leave.kind == "yield":
                yield from self.origins(leave.value, frame)

    def decorated(self, frame: Frame, decorators: Sequence[Value], scope: Frame) -> list[FunctionObject]:
        """Return what decorators of the project make of the frame's function: sync wrappers of a coroutine function.

        ``decorators`` stand in ``scope``, outermost first; all but those that wrap ``async def`` in ``def`` are
        passed over.
        """
        current = [FunctionObject(frame)]
        if not frame.function.is_async:
            return current
        for decorator in reversed(decorators):
            made: list[FunctionObject] = []
            for callee in self.origins(decorator, scope):
                if not isinstance(callee, FunctionObject) or callee.function.is_async or callee.function.is_generator:
                    continue
                first = next((p for p in callee.function.parameters if p.kind == "positional"), None)
                if first is None:
                    continue
                outer = callee.frame
                bound = Frame(outer.module, outer.function, ((first.name, tuple(current)),), outer.closure)
                made += [
                    origin
                    for origin in self.returns(bound)
                    if isinstance(origin, FunctionObject)
                    and not origin.function.is_async
                    and origin.frame.closure == bound
                ]
            current = made or current
        return current

    def entered(self, value: Value, frame: Frame) -> Iterator[Origin]:
        """Yield what ``with value as x`` binds to ``x``."""
        for origin in self.origins(value, frame):
            if isinstance(origin, Managed):
                yield from self.yields(origin.frame)
                continue
            if isinstance(origin, Instance):
                method = self.method(origin, "__aenter__") or self.method(origin, "__enter__")
                if method is not None:
                    yield from self.returns(method.frame)
                    continue
            yield origin

    def method(self, instance: Instance | ClassObject, name: str) -> FunctionObject | None:
        """Return a method found on the class or its bases in the project, bound to the instance."""
        for owner in self.lineage(instance.cls if isinstance(instance, Instance) else instance):
            if not isinstance(owner, ClassObject):
                continue
            body = owner.module.functions[owner.cls.body]
            for binding in reversed(body.bindings.get(name, ())):
                if isinstance(binding, Definition) and binding.function >= 0:
                    return self._bound(owner, owner.module.functions[binding.function], instance)
        return None

    def lineage(self, cls: ClassObject) -> list[ClassObject | External]:
        """Return the class and its bases, nearest first; bases outside the project are :class:`External`."""
        known = self._lineages.get(cls)
        if known is None:
            known = self._lineage(cls)
            if not self._open:  # inside a question a cycle may have cut it short
                self._lineages[cls] = known
        return known

    def _lineage(self, cls: ClassObject) -> list[ClassObject | External]:
        found: list[ClassObject | External] = []
        queue: list[ClassObject | External] = [cls]
        while queue and len(found) < 32:
            current = queue.pop(0)
            if current in found:
                continue
            found.append(current)
            if isinstance(current, ClassObject):
                scope = current.module.functions[current.cls.parent]
                frame = self.frame(current.module, scope)
                for base in current.cls.bases:
                    for origin in self.origins(base.value if isinstance(base, Subscript) else base, frame):
                        if isinstance(origin, (ClassObject, External)):
                            queue.append(origin)
                        else:
                            name = name_of(origin)  # ``class Base(app.Task)``
                            if name:
                                queue.append(External(name))
        return found

    def elements(self, value: Value, frame: Frame, depth: int = 0) -> Iterator[Origin]:
        """Yield what iterating the value gives: parts of a display, values of a dict, what a list is appended."""
        for origin in self.origins(value, frame):
            if isinstance(origin, Literal) and isinstance(origin.value, Collection):
                for part in origin.value.values:
                    if isinstance(part, Starred):
                        if depth < 4:  # ``names = [*names, name]`` contains itself
                            yield from self.elements(part.value, origin.frame, depth + 1)
                    else:
                        yield from self.origins(part, origin.frame)
            elif isinstance(origin, Coroutine) and origin.generator:
                yield from self.yields(origin.frame)
            for packed in parts_of(origin):
                yield from packed
        if isinstance(value, Name):
            for call in frame.function.calls:
                appended = call.function
                if (
                    isinstance(appended, Attribute)
                    and appended.value == value
                    and appended.name in ("append", "add", "appendleft")
                    and len(call.arguments) == 1
                ):
                    yield from self.origins(call.arguments[0], frame)
        elif isinstance(value, Call) and isinstance(value.function, Attribute) and value.function.name == "values":
            for origin in self.origins(value.function.value, frame):
                if isinstance(origin, Literal) and isinstance(origin.value, Mapping):
                    for _, part in origin.value.items:
                        yield from self.origins(part, origin.frame)

    def annotated(self, annotation: Value, frame: Frame) -> Iterator[Origin]:
        """Yield objects of the type an annotation names; containers and unions are opened, ``None`` is left out."""
        if isinstance(annotation, Subscript):
            outer = set(self.names(annotation.value, frame))
            inner = annotation.key
            parts = inner.values if isinstance(inner, Collection) else (inner,)
            if outer & {"typing.Annotated", "typing_extensions.Annotated"}:
                for extra in parts[1:]:
                    if isinstance(extra, Call) and set(self.names(extra.function, frame)) & set(_SAME_VALUE):
                        yield from self._provided(extra, frame)
                parts = parts[:1]
            elif not outer & {"typing.Optional", "typing.Union"}:
                return
            for part in parts:
                yield from self.annotated(part, frame)
            return
        if isinstance(annotation, Opaque):  # X | None
            for part in annotation.values:
                yield from self.annotated(part, frame)
            return
        for origin in self.origins(annotation, frame):
            if isinstance(origin, ClassObject):
                yield Instance(origin)
            elif isinstance(origin, External) and origin.name.rpartition(".")[2][:1].isupper():
                yield Made(origin.name)

    def dotted(self, name: str, importer: Module) -> tuple[Origin, ...]:
        """Return what an absolute dotted name means in a module: a part of the project or something external."""
        key = (name, importer)
        if key in self._resolving:  # modules that import a name from each other, or from themselves
            self._lowest = 0
            return ()
        parts = name.split(".")
        for cut in range(len(parts), 0, -1):
            module = self._sources.module(".".join(parts[:cut]), importer)
            if module is not None:
                self._resolving.add(key)
                found: tuple[Origin, ...] = (Package(module),)
                for part in parts[cut:]:
                    found = tuple([o for origin in found for o in self._attribute(origin, part, importer)])
                self._resolving.discard(key)
                return found
        return (External(name),)

    def decorator_names(self, module: Module, function: Function) -> list[tuple[str, ...]]:
        """Return, for each decorator, outermost first, the external names it can be; empty where it is not known."""
        scope = self.frame(module, module.functions[function.parent])
        return [
            self.names(value.function if isinstance(value, Call) else value, scope) for value in function.decorators
        ]

    # -- values ------------------------------------------------------------------------------------------------------

    def _value(self, value: Value, frame: Frame) -> Iterator[Origin]:
        if isinstance(value, Name):
            yield from self._name(value.id, frame)
        elif isinstance(value, Attribute):
            for origin in self.origins(value.value, frame):
                yield from self._attribute(origin, value.name, frame.module)
            yield from self._stored_attribute(value, frame)
        elif isinstance(value, Call):
            yield from self._call(value, frame)
        elif isinstance(value, Await):
            for origin in self.origins(value.value, frame):
                if isinstance(origin, Coroutine):
                    yield from self.returns(origin.frame)
                elif not isinstance(origin, (External, Literal)):
                    yield origin
        elif isinstance(value, Choice):
            for part in value.values:
                yield from self.origins(part, frame)
        elif isinstance(value, Lambda):
            yield FunctionObject(Frame(frame.module, frame.module.functions[value.function], (), frame))
        elif isinstance(value, Subscript):
            yield from self._item(value, frame)
        elif isinstance(value, (Constant, Collection, Mapping)):
            yield Literal(value, frame, id(value))
        elif isinstance(value, Starred):
            return

    def _name(self, name: str, frame: Frame) -> Iterator[Origin]:
        module = frame.module
        found = find(module, frame.function, name)
        if found is None:
            yield from self._starred(name, frame)
            return
        scope, bindings = found
        home = self._home(frame, scope)
        for binding in bindings:
            yield from self._binding(name, binding, scope, home)

    def _starred(self, name: str, frame: Frame) -> Iterator[Origin]:
        for binding in frame.module.body.bindings.get("*", ()):
            if isinstance(binding, Import):
                source = self._sources.module(absolute(frame.module, binding), frame.module)
                if source is not None and source is not frame.module:
                    found = tuple(self._member(source, name))
                    if found:
                        yield from found
                        return
        if name in _BUILTINS:
            yield External(f"builtins.{name}")

    def _home(self, frame: Frame, scope: Function) -> Frame:
        """Return the frame of the scope that binds a name read in ``frame``."""
        current: Frame | None = frame
        while current is not None:
            if current.function is scope:
                return current
            current = current.closure
        return self.frame(frame.module, scope)

    def _binding(self, name: str, binding: Binding, scope: Function, home: Frame) -> Iterator[Origin]:
        module = home.module
        if isinstance(binding, Import):
            base = absolute(module, binding)
            if binding.name == "*":
                return
            package = self._sources.module(base, module) if binding.name is not None else None
            if package is not None and package is not module and binding.name in package.body.bindings:
                yield from self._member(package, binding.name)  # a package's own names hide its modules
                return
            yield from self.dotted(base if binding.name is None else f"{base}.{binding.name}", module)
        elif isinstance(binding, Definition):
            if binding.function >= 0:
                function = module.functions[binding.function]
                closure = home if scope.kind in ("function", "lambda") else None
                yield from self.decorated(Frame(module, function, (), closure), function.decorators, home)
            else:
                yield ClassObject(module, module.classes[binding.cls])
        elif isinstance(binding, Parameter):
            yield from self._parameter(binding, home)
        else:
            yield from self._stored(name, binding, scope, home)

    def _stored(self, name: str, stored: Stored, scope: Function, home: Frame) -> Iterator[Origin]:
        writer = home.module.functions[stored.function]
        frame = home if writer is scope else self.frame(home.module, writer)
        kept = scope.kind in ("module", "class")
        for origin in self._assigned(stored.assignment, frame):
            if kept:
                owner = "" if scope.kind == "module" else f"{scope.qualname}."
                kind = "global" if scope.kind == "module" else "class attribute"
                origin = held(origin, Hold(kind, f"{owner}{name}", _place(home.module, stored.assignment)))
            yield origin

    def _assigned(self, assignment: Assignment, frame: Frame) -> Iterator[Origin]:
        via = assignment.via
        if via == "=":
            found = self.origins(assignment.value, frame)
            yield from found
            if assignment.annotation is not None and not any(not isinstance(o, Literal) for o in found):
                yield from self.annotated(assignment.annotation, frame)
        elif via == ":":
            if assignment.annotation is not None:
                yield from self.annotated(assignment.annotation, frame)
        elif via in ("with", "async with"):
            yield from self.entered(assignment.value, frame)
        elif via in ("for", "async for"):
            yield from self.elements(assignment.value, frame)

    def _parameter(self, parameter: Parameter, frame: Frame) -> Iterator[Origin]:
        for name, origins in frame.arguments:
            if name == parameter.name:
                yield from origins
                return
        function, module = frame.function, frame.module
        if function.cls >= 0 and parameter.position == 0 and parameter.kind == "positional":
            cls = ClassObject(module, module.classes[function.cls])
            names = {name for group in self.decorator_names(module, function) for name in group}
            if "builtins.classmethod" in names:
                yield cls
                return
            if "builtins.staticmethod" not in names:
                yield Instance(cls)
                return
        outside = self.frame(module, module.functions[function.parent]) if function.parent >= 0 else frame
        found = False
        for value in (parameter.default,):
            if value is not None:
                for origin in self._provided(value, outside):
                    if not isinstance(origin, Literal):
                        found = True
                        yield origin
        if parameter.annotation is not None:
            for origin in self.annotated(parameter.annotation, outside):
                found = True
                yield origin
        if not found:
            yield Argument(module, function, parameter.name)

    def _provided(self, value: Value, frame: Frame) -> Iterator[Origin]:
        """Yield what a default value stands for; ``Depends(get_db)`` stands for what ``get_db`` gives."""
        if isinstance(value, Call) and value.arguments:
            if any(name.endswith(".Depends") for name in self.names(value.function, frame)):
                for origin in self.origins(value.arguments[0], frame):
                    if isinstance(origin, FunctionObject):
                        yield from self.yields(origin.frame)
                        yield from self.returns(origin.frame)
                    elif isinstance(origin, ClassObject):
                        yield Instance(origin)
                return
        if isinstance(value, Subscript) and "dependency_injector.wiring.Provide" in self.names(value.value, frame):
            for provider in self.origins(value.key, frame):
                yield from self._result(provider, Call(value.key, (), (), "default", 0, 0, 0), frame)
            return
        yield from self.origins(value, frame)

    # -- attributes --------------------------------------------------------------------------------------------------

    def _attribute(self, origin: Origin, name: str, importer: Module) -> Iterator[Origin]:
        if isinstance(origin, External):
            yield from self.dotted(f"{origin.name}.{name}", importer)
        elif isinstance(origin, Package):
            yield from self._member(origin.module, name)
        elif isinstance(origin, (ClassObject, Instance)):
            yield from self._class_member(origin, name)
        elif not isinstance(origin, (Literal, Argument, Packed)):
            yield Method(origin, name)

    def _member(self, module: Module, name: str) -> Iterator[Origin]:
        bindings = module.body.bindings.get(name)
        frame = Frame(module, module.body)
        if bindings is None:
            submodule = self._sources.module(f"{module.name}.{name}", module)
            if submodule is not None:
                yield Package(submodule)
            else:
                yield from self._starred(name, frame)
            return
        key = (module, name)
        if key in self._members:  # modules that import the name from one another
            self._lowest = 0
            return
        self._members.add(key)
        try:
            for binding in bindings:
                yield from self._binding(name, binding, module.body, frame)
            yield from self._stored_elsewhere(module, (), name)
        finally:
            self._members.discard(key)

    def _class_member(self, origin: ClassObject | Instance, name: str) -> Iterator[Origin]:
        cls = origin if isinstance(origin, ClassObject) else origin.cls
        external = ""
        for owner in self.lineage(cls):
            if isinstance(owner, External):
                external = external or owner.name
                continue
            found = False
            module = owner.module
            body = module.functions[owner.cls.body]
            for binding in body.bindings.get(name, ()):
                found = True
                if isinstance(binding, Definition) and binding.function >= 0:
                    function = module.functions[binding.function]
                    method = self._bound(owner, function, origin)
                    if _PROPERTIES & {n for group in self.decorator_names(module, function) for n in group}:
                        yield from self.returns(method.frame)
                    else:
                        yield from self._decorated_method(method, origin, owner)
                else:
                    yield from self._binding(name, binding, body, self.frame(module, body))
            for store in self.stores(module).attributes.get((owner.cls.index, name), ()):
                found = True
                yield from self._instance_store(owner, origin, name, store)
            for store in self.stores(module).named.get(((owner.cls.name,), name), ()):
                found = True
                hold = Hold("class attribute", f"{owner.cls.name}.{name}", _place(module, store.assignment))
                for value in self._assigned(store.assignment, self.frame(module, store.function)):
                    yield held(value, hold)
            if found:
                return
        if external:
            if isinstance(origin, Instance):
                yield Method(Made(external, origin.place, origin.hold, origin.call, origin.frame), name)
            else:
                yield Method(Made(external), name)

    def _decorated_method(
        self, method: FunctionObject, receiver: ClassObject | Instance, owner: ClassObject
    ) -> Iterator[FunctionObject]:
        """Yield a method, or the sync wrapper that a decorator of the project makes of it, bound to the receiver."""
        function, module = method.function, method.module
        if not function.is_async or not function.decorators:
            yield method
            return
        plain = Frame(module, function)
        for made in self.decorated(plain, function.decorators, self.frame(module, module.functions[owner.cls.body])):
            first = next((p for p in made.function.parameters if p.kind in ("positional", "*")), None)
            if made.frame == plain:
                yield method
            elif first is None or isinstance(receiver, ClassObject):
                yield made
            else:
                given: Origin = receiver if first.kind == "positional" else Packed(((receiver,),))
                frame = made.frame
                yield FunctionObject(Frame(frame.module, frame.function, ((first.name, (given,)),), frame.closure))

    def _instance_store(
        self, owner: ClassObject, origin: ClassObject | Instance, name: str, store: Store
    ) -> Iterator[Origin]:
        """Yield what ``self.name = …`` stores, with the constructor's arguments where the instance's call is known."""
        module = owner.module
        method = store.function
        while method.cls < 0:
            method = module.functions[method.parent]
        first = method.parameters[0].name
        names = {n for group in self.decorator_names(module, method) for n in group}
        of_class = "builtins.classmethod" in names or isinstance(origin, ClassObject)
        frame = Frame(module, method, ((first, (origin,)),))
        if isinstance(origin, Instance):
            if method.name in ("__init__", "__post_init__") and origin.call is not None and origin.frame is not None:
                frame = self.bind(origin.call, origin.frame, frame)
            elif "builtins.classmethod" in names:
                frame = Frame(module, method, ((first, (origin.cls,)),))
        if store.function is not method:
            frame = Frame(module, store.function, (), frame)
        label = f"{owner.cls.name}.{name}"
        place = _place(module, store.assignment)
        if of_class:
            hold = Hold("class attribute", label, place)
        else:
            hold = Hold("instance attribute", label, place, origin if isinstance(origin, Instance) else None)
        for value in self._assigned(store.assignment, frame):
            yield held(value, hold)

    def _bound(self, owner: ClassObject, function: Function, receiver: Instance | ClassObject) -> FunctionObject:
        module = owner.module
        names = {name for group in self.decorator_names(module, function) for name in group}
        if "builtins.staticmethod" in names or not function.parameters:
            return FunctionObject(Frame(module, function))
        first: Origin = receiver
        if "builtins.classmethod" in names and isinstance(receiver, Instance):
            first = receiver.cls
        elif isinstance(receiver, ClassObject) and "builtins.classmethod" not in names:
            return FunctionObject(Frame(module, function))
        return FunctionObject(Frame(module, function, ((function.parameters[0].name, (first,)),)))

    def _stored_attribute(self, value: Attribute, frame: Frame) -> Iterator[Origin]:
        """Yield what is stored in an attribute of a module-level object: ``local.client = …``, ``app.state.db = …``."""
        path = dotted(value.value)
        if path is None:
            return
        found = find(frame.module, frame.function, path[0])
        if found is None:
            return
        if found[0].kind == "module":
            yield from self._stored_elsewhere(frame.module, path, value.name)
        stores = self.stores(frame.module).named.get((path, value.name))
        for binding in found[1]:
            if isinstance(binding, Import) and binding.name is not None and binding.name != "*":
                home = self._sources.module(absolute(frame.module, binding), frame.module)
                if home is not None and home is not frame.module:
                    away = (binding.name, *path[1:])
                    yield from self._stored_elsewhere(home, away, value.name)
                    for store in self.stores(home).named.get((away, value.name), ()):
                        label = ".".join((*away, value.name))
                        hold = Hold(self._kept_in(value.value, frame), label, _place(home, store.assignment))
                        for origin in self._assigned(store.assignment, self.frame(home, store.function)):
                            yield held(origin, hold)
        if not stores or found[0].kind != "module":
            return
        for store in stores:
            label = ".".join((*path, value.name))
            hold = Hold(self._kept_in(value.value, frame), label, _place(frame.module, store.assignment))
            for origin in self._assigned(store.assignment, self.frame(frame.module, store.function)):
                yield held(origin, hold)

    def _kept_in(self, owner: Value, frame: Frame) -> str:
        """Return the kind of hold that an attribute of a module-level object is."""
        made = any(isinstance(o, Made) and o.name in _THREAD_LOCALS for o in self.origins(owner, frame))
        return "thread-local" if made else "global"

    def stored_in(self, made: Made, name: str) -> Iterator[Origin]:
        """Yield what is stored in an attribute of an object that a global keeps, in any module."""
        hold, frame = made.hold, made.frame
        if hold is None or hold.kind != "global" or frame is None or frame.module.path != hold.place.path:
            return
        path = tuple(hold.name.split("."))
        for store in self.stores(frame.module).named.get((path, name), ()):
            where = Hold("global", f"{hold.name}.{name}", _place(frame.module, store.assignment))
            for origin in self._assigned(store.assignment, self.frame(frame.module, store.function)):
                yield held(origin, where)
        yield from self._stored_elsewhere(frame.module, path, name)

    def _stored_elsewhere(self, module: Module, path: tuple[str, ...], name: str) -> Iterator[Origin]:
        """Yield what other modules store: ``db.engine = …`` after ``from app import db``."""
        for other, store in self._sources.stores(module, path, name):
            label = ".".join((*(dotted(store.assignment.target) or (name,)),))
            hold = Hold("global", label, _place(other, store.assignment))
            for origin in self._assigned(store.assignment, self.frame(other, store.function)):
                yield held(origin, hold)

    def _item(self, value: Subscript, frame: Frame) -> Iterator[Origin]:
        path = dotted(value.value)
        if path is not None:
            yield from self._items(path, frame)
        index = value.key.value if isinstance(value.key, Constant) else None
        for origin in self.origins(value.value, frame):
            if isinstance(origin, (Made, Method)) and name_of(origin).startswith(_BY_ITEM):
                yield Method(origin, "[…]")
            if isinstance(origin, Packed) and isinstance(index, int) and index < len(origin.parts):
                yield from origin.parts[index]
            if not isinstance(origin, Literal):
                continue
            if isinstance(origin.value, Collection) and origin.value.repeated:
                yield from self.origins(origin.value.values[0], origin.frame)
            elif isinstance(origin.value, Collection) and isinstance(index, int) and index < len(origin.value.values):
                yield from self.origins(origin.value.values[index], origin.frame)
            elif isinstance(origin.value, Mapping):
                for key, part in origin.value.items:
                    if isinstance(key, Constant) and (key.value == index or not isinstance(value.key, Constant)):
                        yield from self._displayed(part, origin.frame, path)

    def _displayed(self, part: Value, frame: Frame, path: tuple[str, ...] | None) -> Iterator[Origin]:
        """Yield what a part of a display is; a display made at import keeps its parts."""
        for origin in self.origins(part, frame):
            if path is not None and frame.function.kind in ("module", "class") and isinstance(part, Call):
                place = Place(frame.module.path, part.line, part.column)
                origin = held(origin, Hold("container", f"{'.'.join(path)}[…]", place))
            yield origin

    def _items(self, path: tuple[str, ...], frame: Frame) -> Iterator[Origin]:
        """Yield what is stored in a container that outlives the call: a module's or a class's dict."""
        found = find(frame.module, frame.function, path[0])
        if found is None or (found[0].kind != "module" and len(path) == 1):
            return
        if len(path) == 1 and path[0] in frame.function.bindings and frame.function.kind != "module":
            return
        for store in self.stores(frame.module).items.get(path, ()):
            owner = method_of(frame.module, frame.function)
            if owner is not None and path[0] == owner.parameters[0].name:
                label = ".".join((frame.module.classes[owner.cls].name, *path[1:]))
            else:
                label = ".".join(path)
            if isinstance(store.assignment.target, Subscript):
                label += "[…]"
            hold = Hold("container", label, _place(frame.module, store.assignment))
            for origin in self._assigned(store.assignment, self.frame(frame.module, store.function)):
                yield held(origin, hold)

    # -- calls -------------------------------------------------------------------------------------------------------

    def _call(self, call: Call, frame: Frame) -> Iterator[Origin]:
        callees = self.origins(call.function, frame)
        if isinstance(call.function, Attribute) and call.function.name in ("get", "setdefault", "pop"):
            path = dotted(call.function.value)
            # What a library holds (``os.environ``) has other items than those that are stored here.
            if path is not None and not any(isinstance(callee, External) for callee in callees):
                yield from self._items(path, frame)
        for callee in callees:
            yield from self._result(callee, call, frame)

    def _result(self, callee: Origin, call: Call, frame: Frame) -> Iterator[Origin]:
        place = Place(frame.module.path, call.line, call.column)
        if isinstance(callee, FunctionObject):
            yield from self._project_call(callee, call, frame, place)
        elif isinstance(callee, ClassObject):
            yield Instance(callee, place, self._singleton(callee), call, frame)
        elif isinstance(callee, External):
            passed = _SAME_VALUE.get(callee.name, -1)
            if 0 <= passed < len(call.arguments):
                yield from self.origins(call.arguments[passed], frame)
            elif callee.name == "functools.partial":
                yield from self._partial(call, frame)
            elif callee.name == "builtins.super":
                yield from self._super(frame)
            else:
                yield Made(callee.name, place, None, call, frame)
        elif isinstance(callee, Method):
            name = name_of(callee)
            yield Made(name or f"?.{callee.name}", place, None, call, frame, callee.receiver)
        elif isinstance(callee, Made):
            if callee.name in _MANAGERS and callee.call is not None and callee.frame is not None:
                # ``session_scope = asynccontextmanager(get_session)``
                for made in self.origins(callee.call.arguments[0], callee.frame) if callee.call.arguments else ():
                    if isinstance(made, FunctionObject):
                        yield Managed(self.bind(call, frame, made.frame))
                return
            provided = list(self._provides(callee))
            yield from provided
            if not provided:
                yield Made(f"{callee.name}()", place, None, call, frame, callee)
        elif isinstance(callee, Instance):
            method = self.method(callee, "__call__")
            if method is not None:
                yield from self._project_call(method, call, frame, place)

    def _partial(self, call: Call, frame: Frame) -> Iterator[Origin]:
        """Yield the function that ``partial(function, …)`` calls, with the arguments it was given."""
        apart = call._replace(arguments=call.arguments[1:])
        for origin in self.origins(call.arguments[0], frame) if call.arguments else ():
            if isinstance(origin, FunctionObject):
                origin = FunctionObject(self.bind(apart, frame, origin.frame))
            yield origin

    def _singleton(self, cls: ClassObject) -> Hold | None:
        """Return what keeps the one object of a class.

        ``__new__``, or its metaclass, stores it in the class, or a decorator stores it.
        """
        makers = [self.method(cls, "__new__")] if "__new__" in cls.module.functions[cls.cls.body].bindings else []
        for key, value in cls.cls.keywords:
            if key == "metaclass":
                scope = self.frame(cls.module, cls.module.functions[cls.cls.parent])
                makers += [self.method(o, "__call__") for o in self.origins(value, scope) if isinstance(o, ClassObject)]
        for maker in makers:
            if maker is None or not maker.function.parameters:
                continue
            first = maker.function.parameters[0].name
            for assignment in maker.function.assignments:
                target = assignment.target
                path = dotted(target.value if isinstance(target, (Attribute, Subscript)) else target)
                if path is not None and path[0] in (first, cls.cls.name) and not isinstance(target, Name):
                    return Hold("class attribute", cls.cls.name, _place(maker.module, assignment))
        return self._kept_by_decorator(cls) if cls.cls.decorators else None

    def _kept_by_decorator(self, cls: ClassObject) -> Hold | None:
        """Return what keeps the one object of a class under a cache, or under the project's own ``@singleton``."""
        scope = self.frame(cls.module, cls.module.functions[cls.cls.parent])
        here = Place(cls.module.path, cls.cls.line, cls.cls.column)
        for decorator in cls.cls.decorators:
            called = decorator.function if isinstance(decorator, Call) else decorator
            for origin in self.origins(called, scope):
                if isinstance(origin, External) and origin.name in _CACHES:
                    return Hold("cache", f"{cls.cls.name}()", here)
                if isinstance(origin, FunctionObject) and origin.function.parameters:
                    made = Name(origin.function.parameters[0].name)
                    for function in origin.module.functions:
                        if origin.function in (function, origin.module.functions[max(function.parent, 0)]):
                            for assignment in function.assignments:
                                value = assignment.value
                                if (
                                    isinstance(value, Call)
                                    and value.function == made
                                    and _outlives(assignment, function)
                                ):
                                    return Hold("cache", f"{cls.cls.name}()", here)
        return None

    def _provides(self, provider: Made) -> Iterator[Origin]:
        """Yield what a provider of dependency_injector gives of a class or a function of the project.

        Providers among the arguments stand for what they give in turn.
        """
        call, frame = provider.call, provider.frame
        if not provider.name.startswith(_PROVIDERS) or call is None or frame is None or not call.arguments:
            return
        filled = call._replace(
            arguments=tuple([self._injected(value, frame) for value in call.arguments[1:]]),
            keywords=tuple([(key, self._injected(value, frame)) for key, value in call.keywords]),
        )
        kept = not provider.name.endswith("Factory")
        for origin in self.origins(call.arguments[0], frame):
            if isinstance(origin, ClassObject):
                yield Instance(origin, provider.place, provider.hold if kept else None, filled, frame)
            elif isinstance(origin, FunctionObject) and provider.place is not None:
                for made in self._project_call(origin, filled, frame, provider.place):
                    yield held(made, provider.hold) if kept and provider.hold is not None else made

    def _injected(self, value: Value, frame: Frame) -> Value:
        for origin in self.origins(value, frame):
            if isinstance(origin, Made) and origin.name.startswith(_PROVIDERS):
                return Call(value, (), (), "argument", 0, origin.place.line if origin.place else 0, 0)
        return value

    def _super(self, frame: Frame) -> Iterator[Origin]:
        function: Function | None = frame.function
        while function is not None and function.cls < 0:
            function = frame.module.functions[function.parent] if function.parent >= 0 else None
        if function is None:
            return
        for base in self.lineage(ClassObject(frame.module, frame.module.classes[function.cls]))[1:2]:
            if isinstance(base, ClassObject):
                yield Instance(base)
            else:
                yield Made(base.name)

    def _project_call(self, callee: FunctionObject, call: Call, frame: Frame, place: Place) -> Iterator[Origin]:
        function = callee.function
        bound = self.bind(call, frame, callee.frame)
        names = {name for group in self.decorator_names(callee.module, function) for name in group}
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
        for origin in self.returns(bound):
            if cached:
                where = Place(callee.module.path, function.line, function.column)
                origin = held(origin, Hold("cache", f"{function.qualname}()", where))
            yield origin


def name_of(origin: Origin) -> str:
    """Return the dotted name of something external, or an empty string.

    ``httpx.AsyncClient`` for the class, ``httpx.AsyncClient()`` for an object of it, ``httpx.AsyncClient().get`` for
    its method.
    """
    if isinstance(origin, External):
        return origin.name
    if isinstance(origin, Made):
        return f"{origin.name}()"
    if isinstance(origin, Method):
        receiver = name_of(origin.receiver)
        return f"{receiver}.{origin.name}" if receiver else ""
    return ""


def parts_of(origin: Origin) -> tuple[tuple[Origin, ...], ...]:
    """Return what a ``*args`` holds, the origins of each argument; empty for anything else."""
    return origin.parts if isinstance(origin, Packed) else ()


def _distinct(origins: Iterable[Origin]) -> Iterator[Origin]:
    seen: set[Origin] = set()
    for origin in origins:
        if origin not in seen:
            seen.add(origin)
            yield origin
            if len(seen) >= BREADTH:
                return


def _place(module: Module, assignment: Assignment) -> Place:
    return Place(module.path, assignment.line, assignment.column)


def _outlives(assignment: Assignment, function: Function) -> bool:
    """Say whether an assignment stores its value in something that is not the function's own."""
    target = assignment.target
    if isinstance(target, Name):
        return target.id in function.outer or target.id in function.nonlocals
    path = dotted(target.value) if isinstance(target, (Attribute, Subscript)) else None
    return path is not None and path[0] not in function.bindings


def _first(item: tuple[str, tuple[Origin, ...]]) -> str:
    return item[0]


def _is_static(function: Function) -> bool:
    return any(isinstance(d, Name) and d.id == "staticmethod" for d in function.decorators)
