"""Classes whose constructor a library writes from the annotated names of their body: dataclasses and the like."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.source.calls import result
from flake8_celery_async.source.interpreter import Interpreter
from flake8_celery_async.source.module import ATTRIBUTE, Assignment, Call, Name, Stored, Value
from flake8_celery_async.source.origins import ClassObject, External, Frame, Hold, Instance, Origin, held, place_of

_DECORATORS = frozenset(
    {
        "attr.attrs", "attr.define", "attr.frozen", "attr.mutable", "attr.s", "attrs.define", "attrs.frozen",
        "attrs.mutable", "dataclasses.dataclass", "pydantic.dataclasses.dataclass",
    }
)  # fmt: skip
_BASES = frozenset(
    {
        "msgspec.Struct", "pydantic.BaseModel", "pydantic.main.BaseModel", "pydantic_settings.BaseSettings",
        "sqlmodel.SQLModel", "typing.NamedTuple",
    }
)  # fmt: skip
_FIELDS = frozenset(
    {
        "attr.field", "attr.ib", "attrs.field", "dataclasses.field", "msgspec.field", "pydantic.Field",
        "pydantic.fields.Field", "sqlmodel.Field",
    }
)  # fmt: skip
_FACTORIES = ("default_factory", "factory")


def field_of(evaluator: Interpreter, origin: Instance, owner: ClassObject, stored: Stored) -> list[Origin]:
    """Return what an object has in a field: what its constructor was given, or what a factory makes for it.

    Empty for a plain class, and where the default is the class's own, which all objects share.
    """
    assignment = stored.assignment
    if assignment.annotation is None or not isinstance(assignment.target, Name) or not _is_generated(evaluator, origin):
        return []
    name = assignment.target.id
    hold = Hold("instance attribute", f"{owner.cls.name}.{name}", place_of(owner.module, assignment), origin)
    return [held(value, hold) for value in _values(evaluator, origin, owner, assignment, name)]


def _values(
    evaluator: Interpreter, origin: Instance, owner: ClassObject, assignment: Assignment, name: str
) -> Iterator[Origin]:
    if origin.call is not None and origin.frame is not None:
        passed = origin.call.argument(_position(evaluator, origin.cls, name), name)
        if passed is not None:
            yield from evaluator.origins(passed, origin.frame)
            return
    made = assignment.value
    scope = evaluator.frame(owner.module, owner.module.functions[owner.cls.body])
    if isinstance(made, Call) and _names(evaluator, made.function, scope) & _FIELDS:
        for factory in [value for key, value in made.keywords if key in _FACTORIES]:
            call = Call(factory, (), (), ATTRIBUTE, made.block, made.line, made.column)
            for callee in evaluator.origins(factory, scope):
                yield from result(evaluator, callee, call, scope)


def _position(evaluator: Interpreter, cls: ClassObject, name: str) -> int:
    """Return the position of a field among the constructor's arguments."""
    names: dict[str, None] = {}
    for owner in reversed(evaluator.lineage(cls)):
        if isinstance(owner, ClassObject):
            for assignment in owner.module.functions[owner.cls.body].assignments:
                if assignment.annotation is not None and isinstance(assignment.target, Name):
                    names[assignment.target.id] = None
    return [*names].index(name) if name in names else len(names)


def _is_generated(evaluator: Interpreter, origin: Instance) -> bool:
    """Say whether a library writes the constructor of an object's class."""
    if evaluator.method(origin, "__init__") is not None:
        return False
    for owner in evaluator.lineage(origin.cls):
        if isinstance(owner, External):
            if owner.name in _BASES:
                return True
            continue
        scope = evaluator.frame(owner.module, owner.module.functions[owner.cls.parent])
        for decorator in owner.cls.decorators:
            if _names(evaluator, decorator.function if isinstance(decorator, Call) else decorator, scope) & _DECORATORS:
                return True
    return False


def _names(evaluator: Interpreter, value: Value, frame: Frame) -> set[str]:
    return {origin.name for origin in evaluator.origins(value, frame) if isinstance(origin, External)}
