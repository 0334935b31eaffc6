"""The workers that Python code starts: ``app.worker_main([…])``, ``app.Worker(…)``, ``subprocess.run(["celery", …])``.

Also ``sys.argv = ["celery", …]``, which is set for the main function of Celery.

Each becomes the words of a command line, which :mod:`.deployment.command` reads as it reads those of a Procfile.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import NamedTuple

from flake8_celery_async.project.deployment.command import StartCommand, read
from flake8_celery_async.project.deployment.text import MANY, UNKNOWN, Text
from flake8_celery_async.semantics.catalog.pools import CUSTOM_POOL_VARIABLE
from flake8_celery_async.semantics.configuration import app_of
from flake8_celery_async.semantics.values import Unknown, entries, literal
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import (
    Attribute,
    Call,
    Collection,
    Constant,
    Module,
    Name,
    Opaque,
    Starred,
    Subscript,
    Value,
)
from flake8_celery_async.source.names import dotted, last_name
from flake8_celery_async.source.origins import Frame, Literal, Place

_MAINS = frozenset({"worker_main", "start"})
"""Methods of an app that take the words of a command line."""
_PROCESSES = {
    # callee: position of the command
    **{f"subprocess.{name}": 0 for name in ("run", "Popen", "call", "check_call", "check_output")},
    "os.system": 0,
    "os.execv": 1,
    "os.execvp": 1,
}
_OPTIONS = {"pool": "--pool", "pool_cls": "--pool", "concurrency": "--concurrency", "queues": "--queues"}
"""Keywords of ``app.Worker`` and of ``run`` of the worker program (before Celery 5), to the options they are."""
_PROGRAM = "celery.bin.worker.worker().run"
_NAMES = _MAINS | {"Worker", "run"} | {name.rpartition(".")[2] for name in _PROCESSES}
_LENGTHENS = frozenset({"append", "extend", "insert"})


class PythonStart(NamedTuple):
    """A worker that Python code starts."""

    command: StartCommand
    place: Place
    app: Place | None
    """Where the app is made that starts it; None where only the command names one, or it is not in sight."""
    is_command: bool
    """Whether Celery's command line reads the words: there ``--pool=prefork`` gives way to the configuration."""


def find_starts(module: Module, evaluator: Evaluator) -> Iterator[PythonStart]:
    """Yield the workers that the code of a module starts, in the order of its scopes."""
    environment = custom_pools(module, evaluator)
    for scope in module.functions:
        frame = evaluator.frame(module, scope)
        for call in scope.calls:
            if last_name(call.function) not in _NAMES or not (call.arguments or call.keywords):
                continue  # ``thread.start()``; a main without words reads the process's own
            found = _words(call, frame, evaluator)
            if found is not None:
                place = Place(module.path, call.line, call.column)
                yield from _started(*found, place, environment)
        for assignment in scope.assignments:
            if assignment.via == "=" and dotted(assignment.target) == ("sys", "argv"):
                place = Place(module.path, assignment.line, assignment.column)
                yield from _started(_list(assignment.value, frame, evaluator), None, True, place, environment)


def _started(
    words: list[str], app: Place | None, is_command: bool, place: Place, environment: dict[str, str]
) -> Iterator[PythonStart]:
    texts = [Text.of([(word, place.line)]) for word in words]
    for command in read(texts, environment, place.path):
        yield PythonStart(command, place, app, is_command)


def custom_pools(module: Module, evaluator: Evaluator) -> dict[str, str]:
    """Return the variable that names the class behind ``-P custom``, when the module sets it in ``os.environ``."""
    for path in (("os", "environ"), ("environ",)):
        for function, assignment in evaluator.stores(module).items.get(path, ()):
            target = assignment.target
            if isinstance(target, Subscript) and target.key == Constant(CUSTOM_POOL_VARIABLE):
                value = literal(assignment.value, evaluator.frame(module, function), evaluator)
                if isinstance(value, str):
                    return {CUSTOM_POOL_VARIABLE: value}
    return {}


def _words(call: Call, frame: Frame, evaluator: Evaluator) -> tuple[list[str], Place | None, bool] | None:
    """Return the words of a command, the app that starts it, and whether the command line reads them."""
    name = last_name(call.function)
    if isinstance(call.function, Attribute) and name in (*_MAINS, "Worker"):
        app = app_of(call.function.value, frame, evaluator)
        if app is None:
            return None
        if name == "Worker":
            return ["celery", "worker", *_options(call, frame, evaluator)], app.place, False
        words = _list(call.argument(0, "argv"), frame, evaluator)
        if not words:
            return None
        return words if words[0].endswith("celery") else ["celery", *words], app.place, True
    names = evaluator.names(call.function, frame)
    if _PROGRAM in names:
        return ["celery", "worker", *_options(call, frame, evaluator)], None, False
    position = next((_PROCESSES[name] for name in names if name in _PROCESSES), None)
    if position is None:
        return None
    words = _list(call.argument(position, "args"), frame, evaluator)
    return (words, None, True) if words else None


def _options(call: Call, frame: Frame, evaluator: Evaluator) -> Iterator[str]:
    """Yield keywords as options."""
    for key, value in call.keywords:
        if key is None:
            for entry in entries(value, frame, evaluator):
                if entry.key is None or not entry.certain:
                    yield MANY
                elif entry.key in _OPTIONS:
                    yield f"{_OPTIONS[entry.key]}={_text(entry.value, entry.frame, evaluator)}"
        elif key in _OPTIONS:
            yield f"{_OPTIONS[key]}={_text(value, frame, evaluator)}"


def _list(value: Value | None, frame: Frame, evaluator: Evaluator, depth: int = 0) -> list[str]:
    """Return the words of a list or of a string, also a split one; nothing when they are not in sight."""
    if value is None or depth > 4:
        return []
    line = _split(value, frame, evaluator)
    if line is not None:
        return _list(line, frame, evaluator, depth + 1)
    if isinstance(value, Opaque):
        return _words_of(value, frame, evaluator)
    origins = evaluator.origins(value, frame)
    origin = origins[0] if len(origins) == 1 else None
    if not isinstance(origin, Literal):
        stored = _stored(value, frame)
        return [] if stored is None else _list(stored, frame, evaluator, depth + 1)
    shown = origin.value
    if isinstance(shown, Constant) and isinstance(shown.value, str):
        return _words_of(shown, origin.frame, evaluator)
    if not isinstance(shown, Collection) or shown.repeated:
        return []
    words: list[str] = []
    for part in shown.values:
        if isinstance(part, Starred):
            words += _list(part.value, origin.frame, evaluator, depth + 1) or [MANY]
        else:
            words.append(_text(part, origin.frame, evaluator))
    if isinstance(value, Name) and _is_lengthened(value, frame):
        words.append(MANY)
    return words


def _stored(value: Value, frame: Frame) -> Value | None:
    """Return the f-string or split string that a name is bound to, where nothing else is: in its scope or module."""
    for function in dict.fromkeys([frame.function, frame.module.body]):
        values = [a.value for a in function.assignments if a.target == value]
        if values:
            return values[0] if len(values) == 1 and isinstance(values[0], (Opaque, Call)) else None
    return None


def _split(value: Value, frame: Frame, evaluator: Evaluator) -> Value | None:
    """Return the string that a value is the words of: ``line.split(" ")``, ``shlex.split(line)``."""
    if not isinstance(value, Call) or last_name(value.function) != "split":
        return None
    if "shlex.split" in evaluator.names(value.function, frame):
        return value.argument(0, "s")
    plain = isinstance(value.function, Attribute) and not value.keywords and value.arguments in ((), (Constant(" "),))
    return value.function.value if isinstance(value.function, Attribute) and plain else None


def _words_of(value: Value, frame: Frame, evaluator: Evaluator) -> list[str]:
    """Return the words of a string; nothing where its parts may be put together in another way than one by one."""
    if isinstance(value, Opaque) and any(isinstance(v, Constant) and _formats(v.value) for v in value.values):
        return []
    try:
        return shlex.split(_text(value, frame, evaluator))
    except ValueError:
        return []


def _formats(text: object) -> bool:
    """Say whether a text has places that ``%`` or ``format`` fills."""
    return not isinstance(text, str) or re.search(r"%[sdr(]|\{", text) is not None


def _is_lengthened(value: Name, frame: Frame) -> bool:
    """Say whether words are added to a list that has a name."""
    return any(a.via == "+=" and a.target == value for a in frame.function.assignments) or any(
        isinstance(c.function, Attribute) and c.function.value == value and c.function.name in _LENGTHENS
        for c in frame.function.calls
    )


def _text(value: Value, frame: Frame, evaluator: Evaluator) -> str:
    """Return a word, with a mark for each part that is not written out."""
    if isinstance(value, Opaque):  # f"--concurrency={slots}"
        return "".join([_text(part, frame, evaluator) for part in value.values]) or UNKNOWN
    if isinstance(value, Collection) and not value.repeated:
        return ",".join([_text(part, frame, evaluator) for part in value.values])
    found = literal(value, frame, evaluator)
    return UNKNOWN if isinstance(found, Unknown) or found is None else str(found)
