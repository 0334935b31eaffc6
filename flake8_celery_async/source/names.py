"""Which binding a name refers to, by Python's scope rules (Language Reference, 4.2 "Naming and binding")."""

from __future__ import annotations

from typing import NamedTuple

from flake8_celery_async.source.module import (
    Assignment,
    Attribute,
    Binding,
    Call,
    Function,
    Import,
    Module,
    Name,
    Subscript,
    Value,
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
            for assignment in function.assignments:
                target = assignment.target
                if assignment.via not in ("=", "with", "async with"):
                    continue
                if isinstance(target, Attribute):
                    path = dotted(target.value)
                    if path is None:
                        continue
                    store = Store(function, assignment)
                    if owner is not None and path == (owner.parameters[0].name,):
                        self.attributes.setdefault((owner.cls, target.name), []).append(store)
                    else:
                        self.named.setdefault((path, target.name), []).append(store)
                elif isinstance(target, Subscript):
                    path = dotted(target.value)
                    if path is not None:
                        self.items.setdefault(path, []).append(Store(function, assignment))
            for call in function.calls:
                method = call.function
                if not isinstance(method, Attribute) or method.name not in ("set", "setdefault", "configure"):
                    continue
                path = dotted(method.value)
                if method.name == "configure":
                    for name, value in call.keywords if path is not None else ():
                        if path is not None and name is not None:
                            target = Attribute(method.value, name)
                            made = Assignment(target, value, "=", None, call.block, call.line, call.column)
                            self.named.setdefault((path, name), []).append(Store(function, made))
                    continue
                if path is None or len(call.arguments) != (1 if method.name == "set" else 2):
                    continue
                kept = method.value if method.name == "set" else Subscript(method.value, call.arguments[0])
                made = Assignment(kept, call.arguments[-1], "=", None, call.block, call.line, call.column)
                self.items.setdefault(path, []).append(Store(function, made))


def method_of(module: Module, function: Function) -> Function | None:
    """Return the method whose first parameter ``function`` sees (itself or the method around it), or None."""
    while function.cls < 0 and function.parent >= 0:
        function = module.functions[function.parent]
    if function.cls < 0 or not function.parameters or function.parameters[0].kind != "positional":
        return None
    return function
