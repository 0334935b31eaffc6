"""Results of Celery tasks: which objects are one, and where they come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flake8_celery_async.semantics.catalog import celery_names
from flake8_celery_async.semantics.tasks import is_task_class
from flake8_celery_async.source.evaluate import Evaluator, uncopied
from flake8_celery_async.source.module import (
    Attribute,
    Call,
    Collection,
    Mapping,
    Name,
    Opaque,
    Starred,
    Stored,
    Subscript,
    Value,
)
from flake8_celery_async.source.names import dotted, find
from flake8_celery_async.source.origins import (
    External,
    Frame,
    FunctionObject,
    Instance,
    Literal,
    Made,
    Method,
    Origin,
    Place,
    name_of,
)

RESULT_CLASSES = frozenset({"AsyncResult", "GroupResult", "ResultSet", "EagerResult", "result_from_tuple"})
"""Classes of ``celery.result``; an app and a task have methods of these names (Celery docs, "celery.result")."""
SENDS = frozenset({"delay", "apply_async", "send_task"})
"""Methods that send a task to the broker."""
_SIGNATURES = frozenset({"s", "si", "signature", "subtask", "clone", "set", "map", "starmap", "chunks", "on_error"})
"""Methods of a task or a signature that give a signature (Celery docs, "Canvas")."""
_CANVAS = frozenset({"group", "chain", "chord"})
"""Signatures whose call sends them; calling any other signature runs it in place."""
_DEPTH = 3
"""Collections in collections of results that are opened."""
_RELATED = frozenset({"parent", "children", "results"})
_NOT_CELERY = celery_names.OTHER_LIBRARIES | {"multiprocessing", "billiard", "concurrent", "multiprocess", "pathos"}
"""Roots of libraries that have ``delay``, ``apply_async`` or ``AsyncResult`` of their own."""


class Sent(NamedTuple):
    """A result and what gave it."""

    text: str
    """As a reader knows it: ``resize.delay()``, ``AsyncResult()``, ``an AsyncResult``."""
    place: Place | None
    """Where it was sent; None when only the type is known."""
    eager: bool
    """Whether the task has run by then: ``.apply()``."""


def sent(origin: Origin, evaluator: Evaluator) -> Sent | None:
    """Return what gave a result, or None when the origin is not known to be one."""
    while isinstance(origin, Method) and origin.name in _RELATED:
        origin = origin.receiver
    if not isinstance(origin, Made):
        return None
    name = origin.name
    root, last = name.partition(".")[0], name.rpartition(".")[2]
    if last in RESULT_CLASSES or name.endswith("GroupResult.restore"):
        return None if root in _NOT_CELERY else _sent(origin, last, False)
    if last in SENDS:
        return _sent(origin, last, False) if _is_sendable(origin, last, evaluator) else None
    if last == "apply":
        return _sent(origin, last, True) if _is_sendable(origin, last, evaluator) else None
    if last.removesuffix("()") in _CANVAS and last.endswith("()") and root == "celery":
        return _sent(origin, last, False)
    return None


def _sent(origin: Made, last: str, eager: bool) -> Sent:
    if origin.call is None:
        return Sent(f"an {last}" if last[0] in "AE" else f"a {last}", None, eager)
    return Sent(_rendered(origin.call), origin.place, eager)


def _is_sendable(made: Made, method: str, evaluator: Evaluator) -> bool:
    """Say whether what ``delay``, ``apply_async``, ``send_task`` or ``apply`` was called on is Celery's."""
    of = made.of
    if of is None:
        # An imported name that is not in sight: ``app.tasks.resize.delay``.
        return _is_imported_task(made.name.rpartition(".")[0], method)
    if isinstance(of, FunctionObject):
        groups = evaluator.decorator_names(of.module, of.function)
        roots = {name.partition(".")[0] for group in groups for name in group}
        return bool(of.function.decorators) and not roots & _NOT_CELERY
    if isinstance(of, Instance):
        return is_task_class(of.cls, evaluator)
    if isinstance(of, Made):
        name = name_of(of).removesuffix("()")
        root, last = name.partition(".")[0], name.rpartition(".")[2]
        if root in _NOT_CELERY:
            return False
        if root == "celery" or last in _SIGNATURES:
            return True
        return method == "send_task" and "celery" in name.lower()
    return isinstance(of, Method) and name_of(of).startswith("celery.")


def _is_imported_task(name: str, method: str) -> bool:
    """Say whether an imported name has a method that can only be Celery's."""
    root, last = name.partition(".")[0], name.rpartition(".")[2].lower()
    if not last or root in _NOT_CELERY or "pool" in last or "executor" in last:
        return False
    if method == "apply":
        return "task" in name.lower()
    if method == "send_task":
        return last == "app" or "celery" in name.lower()
    return True


def _rendered(call: Call) -> str:
    return f"{_text(call.function)}()"


def _text(value: Value) -> str:
    path = dotted(value)
    if path is not None:
        return ".".join(path[-3:])
    if isinstance(value, Attribute):
        return f"{_text(value.value)}.{value.name}"
    if isinstance(value, Call):
        return f"{_text(value.function)}()"
    return value.id if isinstance(value, Name) else "(…)"


def results(value: Value, frame: Frame, evaluator: Evaluator, depth: int = 0) -> Iterator[Sent]:
    """Yield the results a value can be; nothing when it can be some other object as well."""
    found: list[Sent] = []
    for origin in evaluator.origins(value, frame):
        result = sent(origin, evaluator)
        if result is not None:
            found.append(result)
        elif isinstance(origin, External) and origin.name in celery_names.TASK_DECORATORS:
            # ``task.get(timeout=5)`` where the variable with the result was meant: nobody waits for a decorator.
            found.append(Sent(_text(value), None, False))
        elif isinstance(origin, (Made, Instance)) or _is_display(origin):
            return
    if found:
        yield from found
        return
    for call in _stored(value, frame):
        # ``(resize.s() | upload.s()).apply_async()``: the pipe is an operation, which has no origin.
        if isinstance(call, Call) and _is_piped(call, frame):
            yield Sent(_rendered(call), Place(frame.module.path, call.line, call.column), False)
            return
    if depth < _DEPTH:
        yield from _taken(value, frame, evaluator, depth + 1)


def parts(value: Value, frame: Frame, evaluator: Evaluator, depth: int = 0) -> Iterator[Sent]:
    """Yield the results that iterating a value gives: those of a group, and those that are put in a local dict."""
    value = uncopied(value)
    if isinstance(value, Call) and isinstance(value.function, Attribute) and value.function.name == "values":
        value = value.function.value
    put: list[Sent] = []
    for assignment in frame.function.assignments:
        if isinstance(assignment.target, Subscript) and assignment.target.value == value:
            given = list(results(assignment.value, frame, evaluator, depth))
            if not given:
                return  # something else is in it, too
            put += given
    origins = () if put else (*evaluator.origins(value, frame), *evaluator.elements(value, frame))
    found = [*put, *[result for origin in origins if (result := sent(origin, evaluator)) is not None]]
    yield from found
    if not found and isinstance(value, Subscript) and depth < _DEPTH:  # ``sent.results[1:]``
        yield from parts(value.value, frame, evaluator, depth + 1)


def waited_in_place(value: Value, frame: Frame, evaluator: Evaluator) -> Iterator[Sent]:
    """Yield the results for which a canvas waits itself while ``apply()`` runs it in place.

    A chain does for each but its last, to hand it on, and a chord for those of its header (celery/canvas.py).
    """
    for origin in evaluator.origins(value, frame):
        if not isinstance(origin, Made) or origin.call is None or origin.name.partition(".")[0] != "celery":
            continue
        last = origin.name.rpartition(".")[2]
        if last == "chord" or (last == "chain" and _steps(origin.call) > 1):
            which = "its header" if last == "chord" else "each step but the last"
            yield Sent(f"{which} of {_rendered(origin.call)}", origin.place, True)
            return
    for operation in _stored(value, frame):
        if isinstance(operation, Opaque) and len(operation.values) > 1 and _is_signature(operation):
            yield Sent("each step of the chain but the last", None, True)
            return


def _steps(chain: Call) -> int:
    """Return how many tasks a chain has at least."""
    given = chain.arguments
    if len(given) == 1 and isinstance(given[0], Collection):
        given = given[0].values
    return sum(not isinstance(step, Starred) for step in given)


def _taken(value: Value, frame: Frame, evaluator: Evaluator, depth: int) -> Iterator[Sent]:
    """Yield the results that a part of a collection can be: ``sent.results[0]``, or the variable of a ``for``."""
    if isinstance(value, Subscript):
        yield from parts(value.value, frame, evaluator, depth)
    elif isinstance(value, Name):
        for binding in frame.function.bindings.get(value.id, ()):
            if isinstance(binding, Stored) and binding.assignment.via == "for":
                yield from parts(binding.assignment.value, frame, evaluator, depth)


def _is_display(origin: Origin) -> bool:
    return isinstance(origin, Literal) and isinstance(origin.value, (Mapping, Collection))


def _stored(value: Value, frame: Frame) -> Iterator[Value]:
    """Yield the value itself, or what a variable is assigned."""
    if not isinstance(value, Name):
        yield value
        return
    found = find(frame.module, frame.function, value.id)
    for binding in found[1] if found is not None else ():
        if isinstance(binding, Stored) and binding.assignment.via == "=":
            yield binding.assignment.value


def _is_piped(call: Call, frame: Frame) -> bool:
    function = call.function
    if isinstance(function, Attribute):
        if function.name not in SENDS:
            return False
        function = function.value
    return any(
        isinstance(operation, Opaque) and any(_is_signature(operand) for operand in operation.values)
        for operation in _stored(function, frame)
    )


def _is_signature(value: Value) -> bool:
    if isinstance(value, Opaque):
        return any(_is_signature(operand) for operand in value.values)
    return isinstance(value, Call) and isinstance(value.function, Attribute) and value.function.name in ("s", "si")
