"""Which binding a name refers to, by Python's scope rules (Language Reference, 4.2 "Naming and binding")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flake8_celery_async.source.module import (
    Assignment,
    Attribute,
    Binding,
    Call,
    Constant,
    Function,
    Import,
    Module,
    Name,
    Subscript,
    Value,
    of_facts,
)


def find(module: Module, scope: Function, name: str) -> tuple[Function, list[Binding]] | None:
    """Return the scope that binds a name read in ``scope`` and its bindings there, or None (builtin, star import)."""
    functions = module.functions
    if name in scope.outer:
        scope = module.body
    bindings = scope.bindings.get(name)
    if bindings is not None:
        return scope, bindings
    while scope.parent >= 0:
        scope = functions[scope.parent]
        if scope.kind == "class":
            continue
        bindings = scope.bindings.get(name)
        if bindings is not None:
            return scope, bindings
    return None


def absolute(module: Module, imported: Import) -> str:
    """Return the dotted name an import refers to, without its member; relative ones start at the module's package."""
    if not imported.level:
        return imported.module
    parts = module.name.split(".")
    drop = imported.level - 1 if module.is_package else imported.level
    if drop > len(parts):
        return "." * imported.level + imported.module  # above the root: no name at all
    base = parts[: len(parts) - drop] if drop else parts
    return ".".join([*base, imported.module] if imported.module else base)


def dotted(value: Value) -> tuple[str, ...] | None:
    """Return the parts of ``a.b.c``, or None for any other value."""
    parts: list[str] = []
    while isinstance(value, Attribute):
        parts.append(value.name)
        value = value.value
    if not isinstance(value, Name):
        return None
    parts.append(value.id)
    return tuple(reversed(parts))


def last_name(value: Value) -> str:
    """Return the last part of what is named: ``run`` of ``asyncio.run``; a call stands for what it calls."""
    while isinstance(value, Call):
        value = value.function
    if isinstance(value, Attribute):
        return value.name
    return value.id if isinstance(value, Name) else ""


class Store(NamedTuple):
    """An assignment to an attribute or an item, and the scope it stands in."""

    function: Function
    assignment: Assignment


class Stores:
    """Every assignment of a module to an attribute or an item, by what it is stored in."""

    def __init__(self, module: Module) -> None:
        self.attributes: dict[tuple[int, str], list[Store]] = {}
        """By class index and attribute: ``self.x = …`` and ``cls.x = …`` in methods."""
        self.named: dict[tuple[tuple[str, ...], str], list[Store]] = {}
        """By the dotted name and the attribute: ``state.engine = …``, ``Session.configure(bind=…)``."""
        self.items: dict[tuple[str, ...], list[Store]] = {}
        """By the dotted name of the container: ``cache[key] = …``, ``cache.setdefault(key, …)``, ``var.set(…)``."""
        for function in module.functions:
            owner = method_of(module, function)
            cls = owner.cls if owner is not None else -1
            objects = frozenset(_objects(owner)) if owner is not None else frozenset()
            for assignment in function.assignments:
                if assignment.via in ("=", "with", "async with"):
                    self._enter(function, assignment, cls, objects)
            for call in function.calls:
                for assignment in _written_by(call):
                    self._enter(function, assignment, cls, objects)
                if isinstance(call.function, Attribute) and call.function.name == "set" and len(call.arguments) == 1:
                    path = dotted(call.function.value)
                    if path is not None:
                        kept = _assigned(call, call.function.value, call.arguments[0])
                        self.items.setdefault(path, []).append(Store(function, kept))

    def _enter(self, function: Function, assignment: Assignment, cls: int, objects: frozenset[tuple[str, ...]]) -> None:
        """Enter an assignment; ``objects`` are the names by which a method of the class has its object."""
        target = assignment.target
        path = dotted(target.value) if isinstance(target, (Attribute, Subscript)) else None
        if path is None:
            return
        store = Store(function, assignment)
        if isinstance(target, Subscript):
            self.items.setdefault(path, []).append(store)
        elif isinstance(target, Attribute) and path in objects:
            self.attributes.setdefault((cls, target.name), []).append(store)
        elif isinstance(target, Attribute):
            self.named.setdefault((path, target.name), []).append(store)


@of_facts
def stores_of(module: Module) -> Stores:
    """Return the assignments of a module to attributes and items."""
    return Stores(module)


def _objects(method: Function) -> Iterator[tuple[str, ...]]:
    """Yield the dotted names by which a method has its object, or what ``__new__`` has made of its class."""
    yield (method.parameters[0].name,)
    if method.name == "__new__":
        for assignment in method.assignments:
            if isinstance(assignment.value, Call) and last_name(assignment.value) == "__new__":
                path = dotted(assignment.target)
                if path is not None:
                    yield path


def _written_by(call: Call) -> Iterator[Assignment]:
    """Yield the assignments that a call stands for.

    ``setattr(object, "name", value)``, ``cache.setdefault(key, value)``, ``Session.configure(bind=value)``.
    """
    called, arguments = call.function, call.arguments
    if called == Name("setattr") and len(arguments) == 3:
        name = arguments[1]
        if isinstance(name, Constant) and isinstance(name.value, str):
            yield _assigned(call, Attribute(arguments[0], name.value), arguments[2])
    elif isinstance(called, Attribute) and called.name == "setdefault" and len(arguments) == 2:
        yield _assigned(call, Subscript(called.value, arguments[0]), arguments[1])
    elif isinstance(called, Attribute) and called.name == "configure":
        for key, value in call.keywords:
            if key is not None:
                yield _assigned(call, Attribute(called.value, key), value)


def _assigned(call: Call, target: Value, value: Value) -> Assignment:
    return Assignment(target, value, "=", None, call.block, call.line, call.column)


def method_of(module: Module, function: Function) -> Function | None:
    """Return the method whose first parameter ``function`` sees (itself or the method around it), or None."""
    while function.cls < 0 and function.parent >= 0:
        function = module.functions[function.parent]
    if function.cls < 0 or not function.parameters or function.parameters[0].kind != "positional":
        return None
    return function


@of_facts
def imported_packages(module: Module) -> frozenset[str]:
    """Return the top-level packages that a module imports by absolute names."""
    return frozenset([found.module.partition(".")[0] for found in absolute_imports(module)])


@of_facts
def absolute_imports(module: Module) -> tuple[Import, ...]:
    """Return every absolute import of a module."""
    return tuple(
        [
            binding
            for function in module.functions
            for bindings in function.bindings.values()
            for binding in bindings
            if isinstance(binding, Import) and not binding.level
        ]
    )
