"""What the parts of the evaluator ask of one another, and what it asks of the project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from flake8_celery_async.source.module import (
    Assignment,
    Call,
    Function,
    Module,
    Value,
)
from flake8_celery_async.source.names import Store, Stores
from flake8_celery_async.source.origins import (
    ClassObject,
    External,
    Frame,
    FunctionObject,
    Instance,
    Origin,
)
from flake8_celery_async.source.registrations import Registration


class Sources(Protocol):
    """The modules of a project."""

    def module(self, name: str, importer: Module) -> Module | None:
        """Return the module that ``import name`` means in ``importer``, or None when it is not the project's."""

    def stores(self, module: Module, path: tuple[str, ...], name: str) -> Sequence[tuple[Module, Store]]:
        """Return the assignments in other modules to the attribute ``name`` of what ``path`` is in ``module``."""

    def registrations(self, name: str, home: Module | None = None) -> Sequence[Registration]:
        """Return what any module gives to a function, or to a decorator that it makes, of this name at import.

        ``home`` is the module of the function, which counts even if it has nothing to do with Celery or coroutines.
        """

    def subclasses(self, name: str) -> Sequence[ClassObject]:
        """Return the classes that name a base whose last part is ``name``."""


class Interpreter(Protocol):
    """The questions of :class:`flake8_celery_async.source.evaluate.Evaluator`; what they give is said there."""

    @property
    def sources(self) -> Sources: ...

    def origins(self, value: Value, frame: Frame) -> tuple[Origin, ...]: ...

    def frame(self, module: Module, function: Function) -> Frame: ...

    def stores(self, module: Module) -> Stores: ...

    def dotted(self, name: str, importer: Module) -> tuple[Origin, ...]: ...

    def annotated(self, annotation: Value, frame: Frame) -> Iterator[Origin]: ...

    def elements(self, value: Value, frame: Frame) -> Iterator[Origin]: ...

    def bind(self, call: Call, caller: Frame, callee: Frame) -> Frame: ...

    def assigned(self, assignment: Assignment, frame: Frame) -> Iterator[Origin]: ...

    def returns(self, frame: Frame) -> Iterator[Origin]: ...

    def method(self, instance: Instance | ClassObject, name: str) -> FunctionObject | None: ...

    def lineage(self, cls: ClassObject) -> list[ClassObject | External]: ...

    def decorator_names(self, module: Module, function: Function) -> list[tuple[str, ...]]: ...
