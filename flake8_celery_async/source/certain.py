"""What a value surely is: the strict sister of :mod:`flake8_celery_async.source.evaluate`.

The evaluator tells what a value *can* be and leaves out what it cannot follow. That suits a search for evidence; it
does not suit the claim "this is a coroutine and nothing else", which one unknown binding of the same name makes wrong.
Here an answer is given only when every binding, every base class and every ``return`` on the way is known.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.exports import Below, Bound, Exports, Member, Written
from flake8_celery_async.source.memory import Known
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
    Mapping,
    Module,
    Name,
    Opaque,
    Parameter,
    Stored,
    Subscript,
    Value,
)
from flake8_celery_async.source.names import Store, dotted, find
from flake8_celery_async.source.origins import (
    ClassObject,
    Coroutine,
    External,
    Frame,
    FunctionObject,
    Instance,
    Literal,
    Made,
    Managed,
    Method,
    Origin,
    Package,
    Place,
    name_of,
)

DEPTH = 12
"""How many steps a value is followed."""

Origins = tuple[Origin, ...]
_UNKNOWN: Origins = ()

TRANSPARENT = frozenset(
    {
        "builtins.staticmethod", "builtins.classmethod", "abc.abstractmethod", "functools.wraps",
        "typing.final", "typing.override", "typing_extensions.final", "typing_extensions.override",
    }
)  # fmt: skip
"""Decorators that leave the function as it is."""
_CACHES = frozenset({"functools.lru_cache", "functools.cache"})
_PROPERTIES = frozenset({"builtins.property", "functools.cached_property"})
_MANAGERS = ("contextlib.contextmanager", "contextlib.asynccontextmanager")
_SAME_CLASS = (
    "dataclasses.",
    "attr.",
    "attrs.",
    "typing.final",
    "typing.runtime_checkable",
    "functools.total_ordering",
)
"""Class decorators that leave the methods as they are."""
_HARMLESS_BASES = frozenset({"abc.ABC", "typing.Generic"})
"""Bases outside the project that add no method; ``object`` has no name here. A protocol stands for any class."""


class Certain:
    """Answers for all modules of one project."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._memory = evaluator.memory
        self._memo = self._memory.table(Certain.origins)
        """The answers by the ids of the values, which are kept so that they stay unique; so below."""
        self._open: set[tuple[int, Frame]] = set()
        self._cut = False
        self._bound = self._memory.table(Certain._name)
        """What names hold, by the id of their bindings."""
        self._kept = self._memory.table(Certain._assigned)
        """What attributes hold that their class assigns."""
        self._members = self._memory.table(Certain._every)
        """The attributes of several receivers, by the id of these."""
        self._callees = self._memory.table(Certain._apart)
        """Which of several callees have results of their own, by the id of these."""

    def origins(self, value: Value, frame: Frame) -> Origins:
        """Return everything the value can be, ``None`` left out; empty when that is not known for sure."""
        key = (id(value), frame)
        known = self._memo.get(key)
        if known is not None:
            return self._recalled(known)
        if len(self._open) >= DEPTH or key in self._open:
            self._cut = True
            return _UNKNOWN
        self._open.add(key)
        outer = self._memory.begin()
        made = self._value(value, frame)
        rests = self._memory.end(outer)
        self._open.discard(key)
        if not self._open:
            self._cut = False
            self._memo[key] = made, rests, value
        elif self._is_final(made):
            # An unknown that came of a cycle or of the depth is not remembered: asked directly it may be known.
            self._memo[key] = made, rests, value
        return made

    def _recalled(self, known: Known) -> Origins:
        """Return an answer that is remembered; what is worked out now rests on it."""
        self._memory.rests |= known[1]
        return cast("Origins", known[0])

    def method(self, instance: Instance, name: str) -> Origins:
        """Return what an attribute of an instance surely is."""
        return self._class_member(instance, name)

    def lacks(self, instance: Instance, names: Iterable[str]) -> bool:
        """Say whether an object of a project class surely has none of some attributes."""
        wanted = frozenset(names)
        for owner in self._lineage(instance.cls):
            if not isinstance(owner, ClassObject):
                return False
            module = owner.module
            body = module.functions[owner.cls.body]
            if wanted & body.bindings.keys() or "__getattr__" in body.bindings:
                return False
        return True

    # -- values ------------------------------------------------------------------------------------------------------

    def _value(self, value: Value, frame: Frame) -> Origins:
        if isinstance(value, Name):
            return self._name(value, frame)
        if isinstance(value, Attribute):
            path = dotted(value.value)
            if path is not None and (path, value.name) in self._evaluator.stores(frame.module).named:
                return _UNKNOWN
            return self._every(self.origins(value.value, frame), value.name, frame.module)
        if isinstance(value, Call):
            return self._call(value, frame)
        if isinstance(value, Await):
            return self._awaited(value, frame)
        if isinstance(value, Choice):
            return self._all([self.origins(part, frame) for part in value.values if part != Constant(None)])
        if isinstance(value, (Constant, Collection, Mapping)):
            return (Literal(value, frame, id(value)),)
        return _UNKNOWN

    def _name(self, value: Name, frame: Frame) -> Origins:
        found = find(frame.module, frame.function, value.id)
        if found is None:
            return self._evaluator.origins(value, frame)
        scope, bindings = found
        home = self._home(frame, scope)
        key = (id(bindings), home)
        known = self._bound.get(key)
        if known is not None:
            return self._recalled(known)
        outer = self._memory.begin()
        made = self._bindings(bindings, scope, home)
        rests = self._memory.end(outer)
        if self._is_final(made):
            self._bound[key] = made, rests, bindings
        return made

    def _is_final(self, made: Origins) -> bool:
        """Say whether an answer found inside a question would be the same in any other."""
        return bool(made) or not self._cut

    def _home(self, frame: Frame, scope: Function) -> Frame:
        current: Frame | None = frame
        while current is not None:
            if current.function is scope:
                return current
            current = current.closure
        return self._evaluator.frame(frame.module, scope)

    def _bindings(self, bindings: Iterable[Binding], scope: Function, home: Frame) -> Origins:
        found: list[Origins] = []
        annotated: Origins = _UNKNOWN
        for binding in bindings:
            if isinstance(binding, Stored) and _gives_none(binding.assignment):
                annotation = binding.assignment.annotation
                if annotation is not None:
                    writer = home.module.functions[binding.function]
                    annotated = self._annotated(annotation, self._evaluator.frame(home.module, writer))
            else:
                found.append(self._binding(binding, scope, home))
        return self._all(found) if found else annotated

    def _exported(self, exports: Exports) -> Origins:
        """Return what the names of modules stand for: each name that is bound anywhere must be known."""
        bound: dict[Member, list[Binding]] = {}
        found: list[Origins] = []
        for export in exports:
            if isinstance(export, Bound):
                bound.setdefault(Member(export.module, export.name), []).append(export.binding)
            elif isinstance(export, Below):
                found.append(self._evaluator.dotted(export.name, export.importer))
            elif not isinstance(export, Written):
                found.append((export,))
        for (module, name), bindings in bound.items():
            is_imported = any(isinstance(binding, Import) for binding in module.body.bindings[name])
            if not is_imported or not all(isinstance(b, Stored) and _gives_none(b.assignment) for b in bindings):
                found.append(self._bindings(bindings, module.body, self._evaluator.frame(module, module.body)))
        return self._all(found)

    def _binding(self, binding: Binding, scope: Function, home: Frame) -> Origins:
        module, evaluator = home.module, self._evaluator
        if isinstance(binding, Import):
            return self._exported(evaluator.exports.imported(module, binding))
        if isinstance(binding, Definition):
            if binding.function >= 0:
                closure = home if scope.kind in ("function", "lambda") else None
                return (FunctionObject(Frame(module, module.functions[binding.function], (), closure)),)
            return (ClassObject(module, module.classes[binding.cls]),)
        if isinstance(binding, Parameter):
            return self._parameter(binding, home)
        writer = module.functions[binding.function]
        frame = home if writer is scope else evaluator.frame(module, writer)
        assignment = binding.assignment
        return self._stored(assignment.value, assignment.via, assignment.annotation, frame)

    def _stored(self, value: Value, via: str, annotation: Value | None, frame: Frame) -> Origins:
        if via == "=":
            found = self.origins(value, frame)
            return found or (self._annotated(annotation, frame) if annotation is not None else _UNKNOWN)
        if via in ("with", "async with"):
            return self._entered(value, frame)
        return _UNKNOWN

    def _entered(self, value: Value, frame: Frame) -> Origins:
        """Return what ``with value as x`` binds; objects of libraries are taken to enter as themselves."""
        found: list[Origins] = []
        for origin in self.origins(value, frame):
            if isinstance(origin, Made):
                found.append((_used(origin),))
            elif isinstance(origin, Instance):
                methods = self._class_member(origin, "__aenter__") or self._class_member(origin, "__enter__")
                found.append(self._all([self._returned(m) for m in methods]) if methods else _UNKNOWN)
            elif isinstance(origin, Managed):
                yields = [leave for leave in origin.frame.function.leaves if leave.kind == "yield"]
                found.append(self._all([self.origins(leave.value, origin.frame) for leave in yields]))
            else:
                return _UNKNOWN
        return self._all(found)

    def _parameter(self, parameter: Parameter, frame: Frame) -> Origins:
        function, module = frame.function, frame.module
        for name, origins in frame.arguments:
            if name == parameter.name:
                return origins
        if parameter.kind not in ("positional", "keyword"):
            return _UNKNOWN
        if function.cls >= 0 and parameter.position == 0 and not self._is_static(module, function):
            return self._evaluator.origins(Name(parameter.name), self._evaluator.frame(module, function))
        if parameter.annotation is None:
            return _UNKNOWN
        parent = module.functions[max(function.parent, 0)]
        return self._annotated(parameter.annotation, self._evaluator.frame(module, parent))

    def _is_static(self, module: Module, function: Function) -> bool:
        groups = self._evaluator.decorator_names(module, function)
        return any("builtins.staticmethod" in group for group in groups)

    def _annotated(self, annotation: Value, frame: Frame) -> Origins:
        """Return objects of the types an annotation names, if each of them is known."""
        found: list[Origins] = []
        pending = [(annotation, frame)]
        aliases: set[Value] = set()
        while pending:
            value, here = pending.pop()
            alias = self._alias(value, here)
            if alias is not None:
                # A type that names itself through others (a recursive one) is none that is made here.
                if value in aliases:
                    return _UNKNOWN
                aliases.add(value)
                pending.append(alias)
                continue
            parts = self._alternatives(value, here)
            if parts is None:
                found.append(self._of_type(value, here))
                continue
            named = [part for part in parts if part != Constant(None)]
            if not named:
                return _UNKNOWN
            pending.extend([(part, here) for part in reversed(named)])
        return self._all(found)

    def _alternatives(self, annotation: Value, frame: Frame) -> tuple[Value, ...] | None:
        """Return the types one of which an annotation says it is; None for a type of its own."""
        if isinstance(annotation, Opaque):  # X | None
            return annotation.values
        if not isinstance(annotation, Subscript):
            return None
        outer = set(self._evaluator.names(annotation.value, frame))
        inner = annotation.key
        parts = inner.values if isinstance(inner, Collection) else (inner,)
        if outer & {"typing.Annotated", "typing_extensions.Annotated"}:
            return parts[:1]
        return parts if outer & {"typing.Optional", "typing.Union"} else ()

    def _alias(self, annotation: Value, frame: Frame) -> tuple[Value, Frame] | None:
        """Return what ``Session`` names after ``Session = Annotated[AsyncSession, Depends(get)]``."""
        if not isinstance(annotation, Name):
            return None
        found = find(frame.module, frame.function, annotation.id)
        only = found[1][0] if found is not None and len(found[1]) == 1 else None
        if found is None or not isinstance(only, Stored) or not isinstance(only.assignment.value, Subscript):
            return None
        # An alias that names itself (a recursive type) is never one of the types above.
        if _mentions(only.assignment.value, annotation):
            return None
        return only.assignment.value, self._evaluator.frame(frame.module, found[0])

    def _of_type(self, annotation: Value, frame: Frame) -> Origins:
        types: list[Origins] = []
        for origin in self.origins(annotation, frame):
            if isinstance(origin, ClassObject):
                types.append((Instance(origin),))
            elif isinstance(origin, External):
                types.append((Made(origin.name),))
            else:
                return _UNKNOWN
        return self._all(types)

    # -- attributes --------------------------------------------------------------------------------------------------

    def _every(self, receivers: Origins, name: str, importer: Module) -> Origins:
        if len(receivers) == 1:
            return self._attribute(receivers[0], name, importer)
        key = (id(receivers), name, importer)
        known = self._members.get(key)
        if known is not None:
            return self._recalled(known)
        outer = self._memory.begin()
        made = self._all([self._attribute(origin, name, importer) for origin in receivers])
        rests = self._memory.end(outer)
        if self._is_final(made):
            self._members[key] = made, rests, receivers
        return made

    def _attribute(self, origin: Origin, name: str, importer: Module) -> Origins:
        if isinstance(origin, External):
            return self._evaluator.dotted(f"{origin.name}.{name}", importer)
        if isinstance(origin, Package):
            return self._exported(self._evaluator.exports.member(origin.module, name))
        if isinstance(origin, (Instance, ClassObject)):
            return self._class_member(origin, name)
        if isinstance(origin, (Made, Method, FunctionObject)):
            return (Method(origin, name),)
        return _UNKNOWN

    def _lineage(self, cls: ClassObject) -> list[ClassObject | External | None]:
        """Return the class and its bases, nearest first; None stands for a base that cannot be told."""
        found: list[ClassObject | External | None] = []
        seen: set[ClassObject | External | None] = set()
        queue: deque[ClassObject | External | None] = deque([cls])
        while queue:
            current = queue.popleft()
            if current in seen:
                continue
            seen.add(current)
            found.append(current)
            if not isinstance(current, ClassObject):
                continue
            if not self._is_plain(current):
                found.append(None)
            frame = self._evaluator.frame(current.module, current.module.functions[current.cls.parent])
            for base in current.cls.bases:
                origins = self.origins(base.value if isinstance(base, Subscript) else base, frame)
                if len(origins) != 1:
                    queue.append(None)
                    continue
                origin = origins[0]
                name = name_of(origin)
                if isinstance(origin, ClassObject):
                    queue.append(origin)
                elif isinstance(base, Name) and not name and base.id == "object":
                    continue
                elif name not in _HARMLESS_BASES:
                    queue.append(External(name) if name else None)
        return found

    def _is_plain(self, cls: ClassObject) -> bool:
        """Say whether the methods of a class are what they look like: no protocol, decorator or metaclass."""
        frame = self._evaluator.frame(cls.module, cls.module.functions[cls.cls.parent])
        for base in cls.cls.bases:
            names = self._evaluator.names(base.value if isinstance(base, Subscript) else base, frame)
            if any(name.endswith(".Protocol") for name in names):
                return False
        for key, value in cls.cls.keywords:
            if key is None:
                return False
            if key == "metaclass" and "abc.ABCMeta" not in self._evaluator.names(value, frame):
                return False
        for decorator in cls.cls.decorators:
            names = self._evaluator.names(decorator.function if isinstance(decorator, Call) else decorator, frame)
            if not names or not all(name.startswith(_SAME_CLASS) for name in names):
                return False
        return True

    def _class_member(self, origin: Instance | ClassObject, name: str) -> Origins:
        cls = origin if isinstance(origin, ClassObject) else origin.cls
        if not self._is_plain(cls):
            return _UNKNOWN
        evaluator = self._evaluator
        for owner in self._lineage(cls):
            if owner is None:
                return _UNKNOWN
            if isinstance(owner, External):
                return (Method(Made(owner.name), name),)
            module = owner.module
            body = module.functions[owner.cls.body]
            stores = evaluator.stores(module)
            bindings = body.bindings.get(name, [])
            written = stores.attributes.get((owner.cls.index, name), [])
            if ((owner.cls.name,), name) in stores.named:
                return _UNKNOWN
            if not bindings and not written:
                continue
            if any(isinstance(binding, Definition) for binding in bindings):
                return self._defined(owner, bindings, origin) if len(bindings) == 1 and not written else _UNKNOWN
            known = self._kept.get((owner, name))
            if known is not None:
                return self._recalled(known)
            outer = self._memory.begin()
            kept = self._assigned(owner, bindings, written)
            rests = self._memory.end(outer)
            if self._is_final(kept):
                self._kept[owner, name] = kept, rests
            return kept
        return _UNKNOWN

    def _assigned(self, owner: ClassObject, bindings: list[Binding], written: Iterable[Store]) -> Origins:
        """Return what an attribute holds that the class body and the methods assign."""
        evaluator, module = self._evaluator, owner.module
        body = module.functions[owner.cls.body]
        found: list[Origins] = []
        annotated = self._bindings(bindings, body, evaluator.frame(module, body)) if bindings else _UNKNOWN
        for store in written:
            assignment = store.assignment
            if assignment.value != Constant(None) or assignment.annotation is not None:
                frame = evaluator.frame(module, store.function)
                if assignment.value == Constant(None) and assignment.annotation is not None:
                    annotated = annotated or self._annotated(assignment.annotation, frame)
                else:
                    found.append(self._stored(assignment.value, assignment.via, assignment.annotation, frame))
        if not found:
            return annotated
        return self._all(found) or annotated

    def _defined(self, owner: ClassObject, bindings: list[Binding], receiver: Instance | ClassObject) -> Origins:
        binding = bindings[0]
        module = owner.module
        if not isinstance(binding, Definition) or binding.function < 0:
            return self._binding(binding, module.functions[owner.cls.body], Frame(module, module.body))
        function = module.functions[binding.function]
        names = self._decorators(FunctionObject(Frame(module, function)))
        bound: tuple[tuple[str, Origins], ...] = ()
        if function.parameters and "builtins.staticmethod" not in names:
            if isinstance(receiver, Instance):
                first: Origin = receiver.cls if "builtins.classmethod" in names else receiver
                bound = ((function.parameters[0].name, (first,)),)
            elif "builtins.classmethod" in names:
                bound = ((function.parameters[0].name, (receiver,)),)
        method = FunctionObject(Frame(module, function, bound))
        if _PROPERTIES & names and len(function.decorators) == 1:
            return self._returned(method)
        return (method,)

    # -- calls -------------------------------------------------------------------------------------------------------

    def is_bare(self, function: FunctionObject) -> bool:
        """Say whether a function is what its ``def`` says: no decorator may have replaced it."""
        groups = self._evaluator.decorator_names(function.module, function.function)
        return all(names and TRANSPARENT.issuperset(names) for names in groups)

    def _decorators(self, function: FunctionObject) -> frozenset[str]:
        groups = self._evaluator.decorator_names(function.module, function.function)
        return frozenset(name for names in groups for name in names)

    def _call(self, call: Call, frame: Frame) -> Origins:
        callees = self._apart(self.origins(call.function, frame))
        return self._all([self._result(callee, call, frame) for callee in callees])

    def _apart(self, callees: Origins) -> Origins:
        """Return the callees whose results differ: objects and methods of libraries of one name give equal ones."""
        if len(callees) < 2:
            return callees
        known = self._callees.get(id(callees))
        if known is not None:
            return self._recalled(known)
        apart: dict[Origin | str, Origin] = {}
        for callee in callees:
            name = name_of(callee) if isinstance(callee, (Made, Method)) else ""
            apart.setdefault(name or callee, callee)
        made = tuple(apart.values())
        self._callees[id(callees)] = made, 0, callees
        return made

    def _result(self, callee: Origin, call: Call, frame: Frame) -> Origins:
        place = Place(frame.module.path, call.line, call.column)
        if isinstance(callee, FunctionObject):
            return self._project_call(callee, call, frame, place)
        if isinstance(callee, ClassObject):
            return (Instance(callee, place, None, call, frame),) if self._makes_itself(callee) else _UNKNOWN
        if isinstance(callee, External):
            if callee.name == "typing.cast" and len(call.arguments) == 2:
                return self.origins(call.arguments[1], frame)
            if callee.name == "builtins.super":
                return self._super(frame)
            if callee.name == "functools.partial" or callee.name.startswith("contextlib."):
                return _UNKNOWN
            return (Made(callee.name, place, None, call, frame),)
        if isinstance(callee, Method):
            name = name_of(callee)
            return (Made(name, place, None, call, frame, callee.receiver),) if name else _UNKNOWN
        if isinstance(callee, Made):
            return (Made(f"{callee.name}()", place, None, call, frame, callee),)
        if isinstance(callee, Instance):
            methods = self._class_member(callee, "__call__")
            return self._all(
                [
                    self._project_call(m, call, frame, place) if isinstance(m, FunctionObject) else _UNKNOWN
                    for m in methods
                ]
            )
        return _UNKNOWN

    def _makes_itself(self, cls: ClassObject) -> bool:
        """Say whether calling the class surely gives an object of it."""
        for owner in self._lineage(cls):
            if owner is None:
                return False
            if isinstance(owner, ClassObject) and "__new__" in owner.module.functions[owner.cls.body].bindings:
                return False
        return True

    def _super(self, frame: Frame) -> Origins:
        """Return the parent object when the class has one base; with several the order depends on the subclass."""
        function: Function | None = frame.function
        while function is not None and function.cls < 0:
            function = frame.module.functions[function.parent] if function.parent >= 0 else None
        if function is None:
            return _UNKNOWN
        cls = ClassObject(frame.module, frame.module.classes[function.cls])
        lineage = self._lineage(cls)
        if len(cls.cls.bases) != 1 or len(lineage) < 2:
            return _UNKNOWN
        base = lineage[1]
        if isinstance(base, ClassObject):
            return (Instance(base),)
        return (Made(base.name),) if base is not None else _UNKNOWN

    def _project_call(self, callee: FunctionObject, call: Call, frame: Frame, place: Place) -> Origins:
        function = callee.function
        groups = self._evaluator.decorator_names(callee.module, function)
        names = [name for group in groups for name in group]
        if len(groups) == 1 and len(names) == 1 and names[0] in _MANAGERS:
            return (Managed(callee.frame),)
        cached = len(groups) == 1 and len(names) == 1 and names[0] in _CACHES and not function.is_async
        if not cached and not self.is_bare(callee):
            return _UNKNOWN
        if function.is_async:
            return (Coroutine(callee.frame, place, function.is_generator),)
        return _UNKNOWN if function.is_generator else self._returned(callee)

    def _returned(self, callee: Origin) -> Origins:
        """Return what a function gives back (a coroutine function: when it is awaited); its annotation is trusted."""
        if not isinstance(callee, FunctionObject):
            return _UNKNOWN
        function, frame = callee.function, callee.frame
        if function.returns is not None and not _is_self(function.returns):
            parent = frame.module.functions[max(function.parent, 0)]
            declared = self._annotated(function.returns, self._evaluator.frame(frame.module, parent))
            if declared:
                return declared
        values = [leave.value for leave in function.leaves if leave.kind == "return"]
        return self._all([self.origins(value, frame) for value in values if value != Constant(None)])

    def _awaited(self, value: Await, frame: Frame) -> Origins:
        found: list[Origins] = []
        for origin in self.origins(value.value, frame):
            if isinstance(origin, Coroutine) and not origin.generator:
                found.append(self._returned(FunctionObject(origin.frame)))
            elif isinstance(origin, Made):
                found.append((_used(origin),))
            else:
                return _UNKNOWN
        return self._all(found)

    def _all(self, found: Iterable[Origins]) -> Origins:
        """Return the union, or nothing when one of the parts is unknown."""
        parts = list(found)
        if len(parts) == 1:
            return parts[0]
        made: dict[Origin, None] = {}
        for origins in parts:
            if not origins:
                return _UNKNOWN
            made.update(dict.fromkeys(origins))
        return tuple(made)


def _used(made: Made) -> Made:
    """Return what awaiting or entering the result of a library's call gives, under the same name.

    It has no place: it is not what that call returned.
    """
    return replace(made, place=None)


def _gives_none(assignment: Assignment) -> bool:
    """Say whether an assignment binds its name to nothing, or to None: what it holds else is what counts."""
    return assignment.via in (":", "del") or assignment.value == Constant(None)


def _mentions(value: Value, name: Value) -> bool:
    pending = [value]
    while pending:
        part = pending.pop()
        if isinstance(part, Subscript):
            pending.extend(part)
        elif isinstance(part, (Collection, Opaque)):
            pending.extend(part.values)
        elif part == name:
            return True
    return False


def _is_self(annotation: Value) -> bool:
    return isinstance(annotation, Name) and annotation.id == "Self"
