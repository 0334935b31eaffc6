"""Django's ORM reached from a loop made for each call: its connection lives in a thread Celery does not look after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flake8_celery_async.project.ways import Crossings, Reached, Visit, nearest
from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.semantics.bridges import FRESH, Bridge
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import ASYNC_ITERATED, Attribute, Call, Function, Module, Subscript, Value
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import Frame, FunctionObject, Place

_METHODS = frozenset(
    {
        "aaggregate", "abulk_create", "abulk_update", "acontains", "acount", "acreate", "adelete", "aearliest",
        "aexists", "afirst", "aget", "aget_or_create", "ain_bulk", "aiterator", "alast", "alatest", "aupdate",
        "aupdate_or_create",
    }
)  # fmt: skip
"""Async methods of a QuerySet (Django docs, "QuerySet API reference")."""
_OF_MODELS = frozenset({"asave", "arefresh_from_db"})
"""Async methods that only a Django model has."""
_CLOSERS = frozenset({"close_old_connections", "close_all"})
_WRAPPER = "asgiref.sync.sync_to_async"


class OrmUse(NamedTuple):
    """A bridge whose coroutine uses the ORM."""

    bridge: Bridge
    visit: Visit
    """The shortest way from a task to the use."""
    text: str
    """As a reader knows it: ``Order.objects.aget()``."""


def orm_uses(worker: WorkerCode, evaluator: Evaluator) -> dict[Place, OrmUse]:
    """Return the bridges, by place, that make a loop for a coroutine which uses the ORM; asgiref's own is fine."""
    meant = worker.crossings_with(lambda crossing: _is_meant(crossing.bridge))
    ways = [((reached, text), reached, meant) for reached, text in _asking(worker, meant, evaluator)]
    found: dict[Place, tuple[int, int, Reached, str]] = {}
    for number, (length, (reached, text)) in nearest(ways).items():
        place = worker.crossings[number].bridge.place
        if place not in found or length < found[place][0]:
            found[place] = (length, number, reached, text)
    return {
        place: OrmUse(worker.crossings[number].bridge, worker.by(number, reached), text)
        for place, (_, number, reached, text) in found.items()
    }


def _asking(worker: WorkerCode, meant: Crossings, evaluator: Evaluator) -> Iterator[tuple[Reached, str]]:
    """Yield the functions that use the ORM, with the text, in modules that do not look after its connections."""
    closing: dict[Module, bool] = {}
    for function, ways in worker.reached.items():
        driven = [reached for reached in ways if reached.crossings & meant]
        text = next(_uses(function, driven[0].frame, evaluator), "") if driven else ""
        for reached in driven if text else ():
            module = reached.frame.module
            if module not in closing:
                closing[module] = any(last_name(c.function) in _CLOSERS for f in module.functions for c in f.calls)
            if not closing[module]:
                yield reached, text


def _is_meant(bridge: Bridge) -> bool:
    return bridge.loop == FRESH and bridge.name != "async_to_sync()"


def _uses(function: Function, frame: Frame, evaluator: Evaluator) -> Iterator[str]:
    for call in function.calls:
        last = last_name(call.function)
        if last in _OF_MODELS or (last in _METHODS and "objects" in _chain(call.function)):
            yield f"{last}()"
        elif call.use == ASYNC_ITERATED and "objects" in _chain(call.function):
            yield "async for"
        elif last == "sync_to_async" and call.arguments:
            if _WRAPPER in evaluator.names(call.function, frame) and _queries(call.arguments[0], frame, evaluator):
                yield "sync_to_async()"
        elif call.use == "awaited":
            for callee in evaluator.origins(call.function, frame):
                if isinstance(callee, FunctionObject) and callee.function.decorators and _asks(callee.function):
                    names = evaluator.decorator_names(callee.module, callee.function)
                    if any(_WRAPPER in group for group in names):
                        yield f"{callee.function.name}()"


def _queries(value: Value, frame: Frame, evaluator: Evaluator) -> bool:
    """Say whether what is handed to a thread asks the database."""
    if "objects" in _chain(value):
        return True
    return any(isinstance(o, FunctionObject) and _asks(o.function) for o in evaluator.origins(value, frame))


def _asks(function: Function) -> bool:
    return any("objects" in _chain(call.function) for call in function.calls)


def _chain(value: Value) -> set[str]:
    """Return the attribute names of ``Order.objects.filter(…).first``."""
    names = set()
    while True:
        if isinstance(value, Attribute):
            names.add(value.name)
            value = value.value
        elif isinstance(value, Call):
            value = value.function
        elif isinstance(value, Subscript):
            value = value.value
        else:
            return names
