"""Where functions and classes are given to something that may put them into a table: decorators, calls at import."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flake8_celery_async.source.module import ASSIGNED, STATEMENT, Call, Function, Module, Name, Value, of_facts
from flake8_celery_async.source.names import last_name


class Registration(NamedTuple):
    """A call at import, or a decorator: ``@register("mail")`` above ``def send()``."""

    module: Module
    scope: Function
    """Where it stands."""
    call: Call
    """With what is given as its arguments; of a decorator that is what stands below it."""
    below: Function | None = None
    """The function below a decorator."""

    @property
    def name(self) -> str:
        """The last part of the name of what is called; of a factory of decorators that is the factory."""
        return last_name(self.call.function)


@of_facts
def registrations_in(module: Module) -> tuple[Registration, ...]:
    """Return the decorators of a module, and the calls at its top, in order of each."""
    return tuple(_registrations(module))


def _registrations(module: Module) -> Iterator[Registration]:
    for function in module.functions:
        for decorator in function.decorators:
            scope = module.functions[function.parent]
            yield _decorated(module, scope, decorator, function)._replace(below=function)
    for cls in module.classes:
        for decorator in cls.decorators:
            yield _decorated(module, module.functions[cls.parent], decorator, module.functions[cls.body])
    for call in module.body.calls:
        if call.use in (STATEMENT, ASSIGNED) and (call.arguments or call.keywords):
            yield Registration(module, module.body, call)


def _decorated(module: Module, scope: Function, decorator: Value, below: Function) -> Registration:
    given = Name(below.name)
    return Registration(module, scope, Call(decorator, (given,), (), STATEMENT, 0, below.line, below.column))
