"""Where does this value come from? A small, lazy, memoised interpreter over the facts of the modules.

It follows names, imports, attributes, calls and returns through any number of modules; it never guesses: what cannot
be followed has no origin. What is stored in attributes and containers is found in
:mod:`flake8_celery_async.source.stored`, what calls give in :mod:`flake8_celery_async.source.calls`; both ask this one
in turn, by the questions of :mod:`flake8_celery_async.source.interpreter`. A result that was cut short by a cycle is
not remembered. A value that takes part in one, ``query = query.where(…)``, may still be remembered with more or fewer
origins, by what was asked first; so the rules ask in a fixed order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from flake8_celery_async.source.calls import SAME_VALUE, bind, call_result, result
from flake8_celery_async.source.exports import Below, Bound, Exports, ExportTable, Written
from flake8_celery_async.source.fields import field_of
from flake8_celery_async.source.interpreter import Sources
from flake8_celery_async.source.memory import Memory
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
    Item,
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
from flake8_celery_async.source.names import Stores, find, last_name, stores_of
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
    name_of,
    parts_of,
    place_of,
)
from flake8_celery_async.source.stored import instance_store, item, stored_attribute, stored_elsewhere

DEPTH = 24
"""How many steps a value is followed; real code needs fewer than ten."""
STEPS = 5_000
"""Values that are looked at for one question; functions that call each other in circles could ask for any number."""
BREADTH = 8
"""How many different origins of one value are kept."""

_CACHED_PROPERTIES = frozenset(
    {"functools.cached_property", "django.utils.functional.cached_property", "kombu.utils.objects.cached_property"}
)
PROPERTIES = _CACHED_PROPERTIES | {"builtins.property"}
"""The decorators by which reading an attribute calls a function."""
_BUILTINS = frozenset(
    {
        "property", "staticmethod", "classmethod", "open", "input", "print", "dict", "list", "set", "tuple", "super",
        "getattr", "setattr", "hasattr", "globals", "type", "isinstance", "id", "iter", "next", "anext", "aiter",
        "map", "filter",
    }
)  # fmt: skip
_COPIES = frozenset({"list", "tuple", "set", "frozenset", "sorted", "reversed", "iter"})
"""Functions that give the parts of what they are given."""


class Evaluator:
    """Answers for all modules of one project; build one for each state of the files."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.memory = Memory()
        self._memo = self.memory.table(Evaluator.origins)
        self._open: dict[tuple[int, Frame], int] = {}
        self._so_far: dict[tuple[int, Frame], tuple[Origin, ...]] = {}
        """What is known of a value that was asked for while it was worked out."""
        self._returning: dict[Function, int] = {}
        """The functions whose return values are being worked out, with the depth at which that began."""
        self._steps = 0
        self._lowest = DEPTH * 4
        self.exports = ExportTable(sources, self.memory)
        self._resolving: set[tuple[str, Module]] = set()
        self._frames = self.memory.table(Evaluator.frame)
        self._bases = self.memory.table(Evaluator._bases_of)
        self._lineages = self.memory.table(Evaluator.lineage)

    def change_sources(self, sources: Sources) -> None:
        """Answer for other modules from now on; what rests on those that differ must be forgotten."""
        self.sources = sources
        self.exports.change_sources(sources)

    # -- questions ---------------------------------------------------------------------------------------------------

    def origins(self, value: Value, frame: Frame) -> tuple[Origin, ...]:
        """Return what the value can be in the frame, most likely first; empty when it cannot be told."""
        key = (id(value), frame)
        known = self._memo.get(key)
        memory = self.memory
        if known is not None:
            memory.rests |= known[1]
            return cast("tuple[Origin, ...]", known[0])
        depth = len(self._open)
        self._steps = self._steps + 1 if depth else 0
        if depth >= DEPTH or self._steps > STEPS:
            self._lowest = 0
            return ()
        started = self._open.get(key)
        if started is not None:
            self._lowest = min(self._lowest, started)
            return self._so_far.setdefault(key, ())
        self._open[key] = depth
        outer = memory.begin()
        memory.rests = memory.mark(frame.module.path)
        made = tuple(_distinct(self._value(value, frame)))
        if self._so_far.pop(key, made) != made and self._lowest >= depth:
            # The value is made of itself: ``client = getattr(local, "client", None)``, ``local.client = client``.
            self._so_far[key] = made
            made = tuple(_distinct(self._value(value, frame)))
            del self._so_far[key]
        del self._open[key]
        rests = memory.end(outer)
        if self._lowest >= depth:
            self._lowest = DEPTH * 4
            self._memo[key] = made, rests, value  # the key is an id: keep the value so that it stays unique
        return made

    def names(self, value: Value, frame: Frame) -> tuple[str, ...]:
        """Return the dotted names of the external things the value can be; see :func:`name_of`."""
        return tuple([name for name in map(name_of, self.origins(value, frame)) if name])

    def frame(self, module: Module, function: Function) -> Frame:
        """Return the frame of a function of which nothing is known but its place; always the same one."""
        unknown: list[Function] = []
        current = function
        while current not in self._frames:
            unknown.append(current)
            if current.parent <= 0:
                break
            current = module.functions[current.parent]
        for current in reversed(unknown):
            closure = self._frames[module.functions[current.parent]][0] if current.parent > 0 else None
            self._frames[current] = Frame(module, current, (), closure), self.memory.mark(module.path)
        return cast("Frame", self._frames[function][0])

    def stores(self, module: Module) -> Stores:
        """Return the module's assignments to attributes and items."""
        return stores_of(module)

    def bind(self, call: Call, caller: Frame, callee: Frame) -> Frame:
        """Return the callee's frame with the arguments of a call; see :func:`flake8_celery_async.source.calls.bind`."""
        return bind(self, call, caller, callee)

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
        if known is not None:
            self.memory.rests |= known[1]
            return cast("list[ClassObject | External]", known[0])
        outer = self.memory.begin()
        made = self._lineage(cls)
        rests = self.memory.end(outer)
        if not self._open:  # inside a question a cycle may have cut it short
            self._lineages[cls] = made, rests
        return made

    def _lineage(self, cls: ClassObject) -> list[ClassObject | External]:
        found: dict[ClassObject | External, None] = {}
        queue: deque[ClassObject | External] = deque([cls])
        while queue:
            current = queue.popleft()
            if current in found:
                continue
            found[current] = None
            if isinstance(current, ClassObject):
                queue.extend(self._bases_of(current))
        return list(found)

    def derives(self, cls: ClassObject, names: frozenset[str]) -> bool:
        """Say whether a class outside the project with one of the dotted names is in a class's lineage."""
        known = self.memory.table((Evaluator.derives, names))
        outer = self.memory.begin()
        heirs: dict[ClassObject, list[ClassObject]] = {cls: []}
        matching: list[ClassObject] = []
        waiting = [cls]
        while waiting:
            current = waiting.pop()
            if current in known:
                self.memory.rests |= known[current][1]
                if known[current][0]:
                    matching.append(current)
                continue
            for base in self._bases_of(current):
                if isinstance(base, External):
                    if base.name in names:
                        matching.append(current)
                    continue
                if base not in heirs:
                    heirs[base] = []
                    waiting.append(base)
                heirs[base].append(current)
        answers = dict.fromkeys(heirs, False)
        while matching:
            current = matching.pop()
            if not answers[current]:
                answers[current] = True
                matching.extend(heirs[current])
        rests = self.memory.end(outer)
        if not self._open:  # inside a question a cycle may have cut the bases short
            known.update({each: (answer, rests) for each, answer in answers.items()})
        return answers[cls]

    def _bases_of(self, cls: ClassObject) -> tuple[ClassObject | External, ...]:
        """Return what a class statement derives from, in its order."""
        known = self._bases.get(cls)
        if known is not None:
            self.memory.rests |= known[1]
            return cast("tuple[ClassObject | External, ...]", known[0])
        outer = self.memory.begin()
        self.memory.rests = self.memory.mark(cls.module.path)
        frame = self.frame(cls.module, cls.module.functions[cls.cls.parent])
        found: list[ClassObject | External] = []
        for base in cls.cls.bases:
            for origin in self.origins(base.value if isinstance(base, Subscript) else base, frame):
                if isinstance(origin, (ClassObject, External)):
                    found.append(origin)
                else:
                    name = name_of(origin)  # ``class Base(app.Task)``
                    if name:
                        found.append(External(name))
        bases = tuple(found)
        rests = self.memory.end(outer)
        if not self._open:  # inside a question a cycle may have cut it short
            self._bases[cls] = bases, rests
        return bases

    def elements(self, value: Value, frame: Frame, depth: int = 0) -> Iterator[Origin]:
        """Yield what iterating the value gives: parts of a display, values of a dict, what a list is appended."""
        value = uncopied(value)
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
        pending = [annotation]
        while pending:
            part = pending.pop()
            if isinstance(part, Subscript):
                outer = set(self.names(part.value, frame))
                inner = part.key
                parts = inner.values if isinstance(inner, Collection) else (inner,)
                if outer & {"typing.Annotated", "typing_extensions.Annotated"}:
                    for extra in parts[1:]:
                        if isinstance(extra, Call) and set(self.names(extra.function, frame)) & set(SAME_VALUE):
                            yield from self._provided(extra, frame)
                    pending.extend(parts[:1])
                elif outer & {"typing.Optional", "typing.Union"}:
                    pending.extend(reversed(parts))
            elif isinstance(part, Opaque):  # X | None
                pending.extend(reversed(part.values))
            else:
                for origin in self.origins(part, frame):
                    if isinstance(origin, ClassObject):
                        yield Instance(origin)
                    elif isinstance(origin, External) and origin.name.rpartition(".")[2][:1].isupper():
                        yield Made(origin.name)

    def dotted(self, name: str, importer: Module) -> tuple[Origin, ...]:
        """Return what an absolute dotted name means in a module: a part of the project or something external."""
        home, rest = self.exports.dotted(name, importer)
        if home is None:
            return (External(name),)
        found: tuple[Origin, ...] = (Package(home),)
        if not rest:
            return found
        key = (name, importer)
        if key in self._resolving or len(self._resolving) >= 2 * DEPTH:
            self._lowest = 0  # what is below a class of one module is imported by another one, and round again
            return ()
        self._resolving.add(key)
        for part in rest:
            found = tuple([o for origin in found for o in self._attribute(origin, part, importer)])
        self._resolving.discard(key)
        return found

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
            yield from stored_attribute(self, value, frame)
        elif isinstance(value, Call):
            yield from call_result(self, value, frame)
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
            yield from item(self, value, frame)
        elif isinstance(value, (Constant, Collection, Mapping)):
            yield Literal(value, frame, id(value))
        elif isinstance(value, Item):
            yield from self.elements(value.value, frame)
        elif isinstance(value, Starred):
            return

    def _name(self, name: str, frame: Frame) -> Iterator[Origin]:
        module = frame.module
        found = find(module, frame.function, name)
        if found is None:
            starred = tuple(self._exported(self.exports.starred(module, name)))
            yield from starred
            if not starred and name in _BUILTINS:
                yield External(f"builtins.{name}")
            return
        scope, bindings = found
        home = self._home(frame, scope)
        for binding in bindings:
            yield from self._binding(name, binding, scope, home)

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
            yield from self._exported(self.exports.imported(module, binding))
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

    def _exported(self, exports: Exports) -> Iterator[Origin]:
        """Yield what the names of modules stand for."""
        for export in exports:
            if isinstance(export, Bound):
                body = export.module.body
                yield from self._binding(export.name, export.binding, body, self.frame(export.module, body))
            elif isinstance(export, Written):
                yield from stored_elsewhere(self, export.module, (), export.name)
            elif isinstance(export, Below):
                yield from self.dotted(export.name, export.importer)
            else:
                yield export

    def _stored(self, name: str, stored: Stored, scope: Function, home: Frame) -> Iterator[Origin]:
        writer = home.module.functions[stored.function]
        frame = home if writer is scope else self.frame(home.module, writer)
        kept = scope.kind in ("module", "class")
        for origin in self.assigned(stored.assignment, frame):
            if kept:
                owner = "" if scope.kind == "module" else f"{scope.qualname}."
                kind = "global" if scope.kind == "module" else "class attribute"
                origin = held(origin, Hold(kind, f"{owner}{name}", place_of(home.module, stored.assignment)))
            yield origin

    def assigned(self, assignment: Assignment, frame: Frame) -> Iterator[Origin]:
        """Yield what an assignment in the frame stores in its target, also that of ``with … as`` and ``for … in``."""
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
        function, module = frame.function, frame.module
        for name, origins in frame.arguments:
            if name == parameter.name and origins != (Argument(module, function, name),):
                yield from origins
                return
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
        if parameter.default is not None:
            for origin in self._provided(parameter.default, outside):
                if not isinstance(origin, Literal):
                    found = True
                    yield self._made_once(origin, parameter, frame)
        if parameter.annotation is not None:
            for origin in self.annotated(parameter.annotation, outside):
                found = True
                yield origin
        if not found:
            yield Argument(module, function, parameter.name)

    def _made_once(self, origin: Origin, parameter: Parameter, frame: Frame) -> Origin:
        """Return what a default is, with what keeps it: a default that is made at import is the same in every call."""
        scope = frame.module.functions[max(frame.function.parent, 0)]
        is_made = isinstance(origin, (Made, Instance)) and origin.call is parameter.default
        if not is_made or scope.kind not in ("module", "class"):
            return origin
        function = frame.function
        place = Place(frame.module.path, function.line, function.column)
        return held(origin, Hold("default", f"{function.qualname}.{parameter.name}", place))

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
                yield from result(self, provider, Call(value.key, (), (), "default", 0, 0, 0), frame)
            return
        yield from self.origins(value, frame)

    # -- attributes --------------------------------------------------------------------------------------------------

    def _attribute(self, origin: Origin, name: str, importer: Module) -> Iterator[Origin]:
        if isinstance(origin, External):
            yield from self.dotted(f"{origin.name}.{name}", importer)
        elif isinstance(origin, Package):
            yield from self._exported(self.exports.member(origin.module, name))
        elif isinstance(origin, (ClassObject, Instance)):
            yield from self._class_member(origin, name)
        elif not isinstance(origin, (Literal, Argument, Packed)):
            yield Method(origin, name)

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
                    names = {n for group in self.decorator_names(module, function) for n in group}
                    if names & PROPERTIES:
                        yield from self._property(method, origin, owner, bool(names & _CACHED_PROPERTIES))
                    elif isinstance(origin, Instance) and origin.place is None and is_abstract(function):
                        yield from self._overrides(cls, name)
                    else:
                        yield from self._decorated_method(method, origin, owner)
                else:
                    fields: list[Origin] = []
                    if isinstance(origin, Instance) and isinstance(binding, Stored):
                        fields = field_of(self, origin, owner, binding)
                    yield from fields or self._binding(name, binding, body, self.frame(module, body))
            for store in self.stores(module).attributes.get((owner.cls.index, name), ()):
                found = True
                yield from instance_store(self, owner, origin, name, store)
            for store in self.stores(module).named.get(((owner.cls.name,), name), ()):
                found = True
                hold = Hold("class attribute", f"{owner.cls.name}.{name}", place_of(module, store.assignment))
                for value in self.assigned(store.assignment, self.frame(module, store.function)):
                    yield held(value, hold)
            if found:
                return
        if external:
            if isinstance(origin, Instance):
                yield Method(Made(external, origin.place, origin.hold, origin.call, origin.frame), name)
            else:
                yield Method(Made(external), name)
        elif isinstance(origin, Instance):
            fallback = self._fallback(origin, name)
            if fallback is not None:
                yield from self.returns(fallback.frame)

    def _overrides(self, cls: ClassObject, name: str) -> Iterator[Origin]:
        """Yield what the project's subclasses have in place of an abstract method; their objects are not in sight."""
        for heir in self.sources.subclasses(cls.cls.name):
            if heir != cls and cls in self.lineage(heir):
                yield from self._class_member(Instance(heir), name)

    def _property(
        self, getter: FunctionObject, origin: ClassObject | Instance, owner: ClassObject, cached: bool
    ) -> Iterator[Origin]:
        """Yield what reading a property gives; ``cached``: the object keeps it."""
        for value in self.returns(getter.frame):
            if cached and isinstance(origin, Instance):
                function = getter.function
                place = Place(owner.module.path, function.line, function.column)
                value = held(value, Hold("instance attribute", f"{owner.cls.name}.{function.name}", place, origin))
            yield value

    def getter(self, origin: Origin, name: str) -> FunctionObject | None:
        """Return the function that reading an attribute of an object calls, bound to the object, or None."""
        if not isinstance(origin, Instance):
            return None
        found = self.method(origin, name)
        if found is None:
            return self._fallback(origin, name)
        if found.function.is_async:
            return None
        names = {n for group in self.decorator_names(found.module, found.function) for n in group}
        return found if names & PROPERTIES else None

    def _fallback(self, origin: Instance, name: str) -> FunctionObject | None:
        """Return the ``__getattr__`` that reading an attribute calls, because nothing else gives the object one."""
        found = None if name.startswith("__") else self.method(origin, "__getattr__")
        if found is None:
            return None
        for owner in self.lineage(origin.cls):
            if isinstance(owner, External):
                return None  # what it has is not in sight
            stores = self.stores(owner.module)
            if name in owner.module.functions[owner.cls.body].bindings or (owner.cls.index, name) in stores.attributes:
                return None
            if ((owner.cls.name,), name) in stores.named:
                return None
        return found

    def getters(self, read: Call, frame: Frame) -> Iterator[FunctionObject]:
        """Yield the functions that reading an attribute may call; see :func:`attribute_reads` for such reads."""
        if isinstance(read.function, Attribute):
            for origin in self.origins(read.function.value, frame):
                found = self.getter(origin, read.function.name)
                if found is not None:
                    yield found

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


def is_abstract(function: Function) -> bool:
    """Say whether a method is only there to be overridden: it is marked so, or does nothing but say so."""
    if any(last_name(decorator) == "abstractmethod" for decorator in function.decorators):
        return True
    raised = [last_name(leave.value) for leave in function.leaves if leave.kind == "raise"]
    return raised == ["NotImplementedError"] and not any(leave.kind == "return" for leave in function.leaves)


def uncopied(value: Value) -> Value:
    """Return the collection whose parts a value iterates: ``pending`` of ``list(pending)`` and ``pending[:]``."""
    while True:
        if isinstance(value, Call) and isinstance(value.function, Name) and value.function.id in _COPIES:
            if len(value.arguments) != 1:
                return value
            value = value.arguments[0]
        elif isinstance(value, Subscript) and value.key == Opaque(()):
            value = value.value
        else:
            return value


def _distinct(origins: Iterable[Origin]) -> Iterator[Origin]:
    seen: set[Origin] = set()
    for origin in origins:
        if origin not in seen:
            seen.add(origin)
            yield origin
            if len(seen) >= BREADTH:
                return
