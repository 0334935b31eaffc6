"""What is stored in an attribute or a container, in any module, and what keeps it alive.

The half of :mod:`flake8_celery_async.source.evaluate` that looks for assignments to attributes and items.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flake8_celery_async.source.interpreter import Interpreter
from flake8_celery_async.source.module import (
    Attribute,
    Call,
    Collection,
    Constant,
    Import,
    Mapping,
    Module,
    Name,
    Stored,
    Subscript,
    Value,
)
from flake8_celery_async.source.names import Store, absolute, dotted, find, last_name, method_of
from flake8_celery_async.source.origins import (
    Argument,
    ClassObject,
    Frame,
    FunctionObject,
    Hold,
    Instance,
    Literal,
    Made,
    Method,
    Origin,
    Packed,
    Place,
    held,
    name_of,
    place_of,
)

_DICTS = ("dict", "Dict", "defaultdict", "Mapping", "MutableMapping", "OrderedDict")
THREAD_LOCALS = frozenset({"threading.local", "_thread._local"})
"""Classes whose objects have attributes of their own in each thread."""
_NAMED = ("global", "thread-local")
"""Kinds of :class:`Hold` whose name is the way to the object."""
_BY_ITEM = ("motor.", "pymongo.")
"""Libraries whose objects give parts of themselves by ``object[name]``."""


def instance_store(
    evaluator: Interpreter, owner: ClassObject, origin: ClassObject | Instance, name: str, store: Store
) -> Iterator[Origin]:
    """Yield what ``self.name = …`` stores, with the constructor's arguments where the instance's call is known."""
    module = owner.module
    method = store.function
    while method.cls < 0:
        method = module.functions[method.parent]
    first = method.parameters[0].name
    names = {n for group in evaluator.decorator_names(module, method) for n in group}
    of_class = "builtins.classmethod" in names or isinstance(origin, ClassObject)
    frame = Frame(module, method, ((first, (origin,)),))
    if isinstance(origin, Instance):
        if method.name in ("__init__", "__post_init__") and origin.call is not None and origin.frame is not None:
            frame = evaluator.bind(origin.call, origin.frame, frame)
        elif "builtins.classmethod" in names:
            frame = Frame(module, method, ((first, (origin.cls,)),))
    if store.function is not method:
        frame = Frame(module, store.function, (), frame)
    label = f"{owner.cls.name}.{name}"
    place = place_of(module, store.assignment)
    if of_class:
        hold = Hold("class attribute", label, place)
    else:
        hold = Hold("instance attribute", label, place, origin if isinstance(origin, Instance) else None)
    for value in evaluator.assigned(store.assignment, frame):
        yield held(value, hold)


def stored_attribute(evaluator: Interpreter, value: Attribute, frame: Frame) -> Iterator[Origin]:
    """Yield what is stored in an attribute of a module-level object: ``local.client = …``, ``app.state.db = …``."""
    path = dotted(value.value)
    if path is None:
        return
    found = find(frame.module, frame.function, path[0])
    if found is None:
        return
    if found[0].kind == "module":
        yield from stored_elsewhere(evaluator, frame.module, path, value.name)
    stores = evaluator.stores(frame.module).named.get((path, value.name))
    for binding in found[1]:
        if isinstance(binding, Import) and binding.name is not None and binding.name != "*":
            home = evaluator.sources.module(absolute(frame.module, binding), frame.module)
            if home is not None and home is not frame.module:
                away = (binding.name, *path[1:])
                yield from stored_elsewhere(evaluator, home, away, value.name)
                stores_at_home = evaluator.stores(home).named.get((away, value.name))
                if stores_at_home:
                    kind = _kept_in(evaluator, value.value, frame)
                    yield from _kept(evaluator, home, stores_at_home, kind, ".".join((*away, value.name)))
    if stores and found[0].kind == "module":
        kind = _kept_in(evaluator, value.value, frame)
        yield from _kept(evaluator, frame.module, stores, kind, ".".join((*path, value.name)))


def _kept(evaluator: Interpreter, module: Module, stores: Iterable[Store], kind: str, label: str) -> Iterator[Origin]:
    """Yield what assignments of a module store, held under one label."""
    for store in stores:
        hold = Hold(kind, label, place_of(module, store.assignment))
        for origin in evaluator.assigned(store.assignment, evaluator.frame(module, store.function)):
            yield held(origin, hold)


def _kept_in(evaluator: Interpreter, owner: Value, frame: Frame) -> str:
    """Return the kind of hold that an attribute of a module-level object is."""
    made = any(isinstance(o, Made) and o.name in THREAD_LOCALS for o in evaluator.origins(owner, frame))
    return "thread-local" if made else "global"


def stored_in(evaluator: Interpreter, made: Made, name: str) -> Iterator[Origin]:
    """Yield what is stored in an attribute of an object that a global keeps, in any module."""
    hold, frame = made.hold, made.frame
    if hold is None or hold.kind not in _NAMED or frame is None or frame.module.path != hold.place.path:
        return
    path = tuple(hold.name.split("."))
    stores = evaluator.stores(frame.module).named.get((path, name), ())
    yield from _kept(evaluator, frame.module, stores, hold.kind, f"{hold.name}.{name}")
    yield from stored_elsewhere(evaluator, frame.module, path, name)


def stored_elsewhere(evaluator: Interpreter, module: Module, path: tuple[str, ...], name: str) -> Iterator[Origin]:
    """Yield what other modules store: ``db.engine = …`` after ``from app import db``."""
    for other, store in evaluator.sources.stores(module, path, name):
        label = ".".join((*(dotted(store.assignment.target) or (name,)),))
        yield from _kept(evaluator, other, (store,), "global", label)


def item(evaluator: Interpreter, value: Subscript, frame: Frame) -> Iterator[Origin]:
    """Yield what ``object[key]`` is: what is stored there in any function, and the part of a display."""
    for origin in evaluator.origins(value.value, frame):
        if isinstance(origin, (Made, Method)) and name_of(origin).startswith(_BY_ITEM):
            yield Method(origin, "[…]")
    yield from looked_up(evaluator, value.value, value.key, frame)


def looked_up(evaluator: Interpreter, container: Value, key: Value, frame: Frame) -> Iterator[Origin]:
    """Yield what a container may hold under a key, by ``[key]`` or ``.get(key)``."""
    path = dotted(container)
    if path is not None:
        yield from items(evaluator, path, frame)
    index = key.value if isinstance(key, Constant) else None
    for origin in evaluator.origins(container, frame):
        if isinstance(origin, Packed) and isinstance(index, int) and index < len(origin.parts):
            yield from origin.parts[index]
        if not isinstance(origin, Literal):
            continue
        if isinstance(origin.value, Collection) and origin.value.repeated:
            yield from evaluator.origins(origin.value.values[0], origin.frame)
        elif isinstance(origin.value, Collection) and isinstance(index, int) and index < len(origin.value.values):
            yield from evaluator.origins(origin.value.values[index], origin.frame)
        elif isinstance(origin.value, Mapping):
            for part in _under(origin.value, key):
                yield from _displayed(evaluator, part, origin.frame, path)
    if isinstance(container, Name):
        yield from _annotated_values(evaluator, container, frame)


def _annotated_values(evaluator: Interpreter, container: Name, frame: Frame) -> Iterator[Origin]:
    """Yield objects of the type that an annotation says a dict holds: ``providers: dict[str, Provider] = {}``."""
    found = find(frame.module, frame.function, container.id)
    for binding in found[1] if found is not None else ():
        annotation = binding.assignment.annotation if isinstance(binding, Stored) else None
        if isinstance(annotation, Subscript) and last_name(annotation.value) in _DICTS:
            types = annotation.key.values if isinstance(annotation.key, Collection) else ()
            for value in types[1:2]:
                yield from evaluator.annotated(value, evaluator.frame(frame.module, frame.module.body))


def _under(table: Mapping, key: Value) -> list[Value]:
    """Return the values of a display that may stand under a key: those of the same key, else of any it may equal."""
    same = [part for other, part in table.items if other == key]
    if same:
        return same
    return [
        part
        for other, part in table.items
        if other is not None and not (isinstance(key, Constant) and isinstance(other, Constant))
    ]


def _displayed(evaluator: Interpreter, part: Value, frame: Frame, path: tuple[str, ...] | None) -> Iterator[Origin]:
    """Yield what a part of a display is; a display made at import keeps its parts."""
    for origin in evaluator.origins(part, frame):
        if path is not None and frame.function.kind in ("module", "class") and isinstance(part, Call):
            place = Place(frame.module.path, part.line, part.column)
            origin = held(origin, Hold("container", f"{'.'.join(path)}[…]", place))
        yield origin


def items(evaluator: Interpreter, path: tuple[str, ...], frame: Frame) -> Iterator[Origin]:
    """Yield what is stored in a container that outlives the call: a module's or a class's dict."""
    found = find(frame.module, frame.function, path[0])
    if found is None or (found[0].kind != "module" and len(path) == 1):
        return
    if len(path) == 1 and path[0] in frame.function.bindings and frame.function.kind != "module":
        return
    owner = method_of(frame.module, frame.function)
    if owner is not None and path[0] == owner.parameters[0].name:
        label = ".".join((frame.module.classes[owner.cls].name, *path[1:]))
    else:
        label = ".".join(path)
    yield from _items_of(evaluator, frame.module, path, label)
    for binding in found[1]:
        if isinstance(binding, Import) and binding.name is not None and binding.name != "*":
            home = evaluator.sources.module(absolute(frame.module, binding), frame.module)
            if home is not None and home is not frame.module:
                away = (binding.name, *path[1:])
                yield from _items_of(evaluator, home, away, ".".join(away))


def _items_of(evaluator: Interpreter, module: Module, path: tuple[str, ...], label: str) -> Iterator[Origin]:
    """Yield what the assignments of a module store in a container."""
    for store in evaluator.stores(module).items.get(path, ()):
        kind, name = "context variable", label
        if isinstance(store.assignment.target, Subscript):
            kind, name = "container", f"{label}[…]"
        kept = list(_kept(evaluator, module, (store,), kind, name))
        yield from kept
        if store.function.name == "__init_subclass__" or (kept and all(isinstance(o, Argument) for o in kept)):
            yield from _registered(evaluator, module, store)


def _registered(evaluator: Interpreter, module: Module, store: Store) -> Iterator[Origin]:
    """Yield what a function that stores its argument is given at import.

    It is called, is a decorator, or is asked by each class statement: ``__init_subclass__``.
    """
    function = store.function
    if function.name == "__init_subclass__" and function.parameters:
        first = function.parameters[0].name
        for cls in evaluator.sources.subclasses(module.classes[function.cls].name):
            yield from evaluator.assigned(store.assignment, Frame(module, function, ((first, (cls,)),)))
        return
    makers = [function, module.functions[max(function.parent, 0)]]
    for name in dict.fromkeys([maker.name for maker in makers if maker.kind == "function"]):
        for registration in evaluator.sources.registrations(name, module):
            scope = evaluator.frame(registration.module, registration.scope)
            for callee in evaluator.origins(registration.call.function, scope):
                if isinstance(callee, FunctionObject) and callee.function is function:
                    bound = evaluator.bind(registration.call, scope, callee.frame)
                    yield from evaluator.assigned(store.assignment, bound)
