"""What code works with that runs after the worker has forked: of what the parent opened, only this can break."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import Attribute, Call, Value
from flake8_celery_async.source.origins import ClassObject, Frame, Instance, Made, Method, Origin, Place


def worked_with(children: WorkerCode, evaluator: Evaluator) -> frozenset[Place]:
    """Return where the objects are made on which the calls of some worker code are made, or which they are given.

    With each object come the one it was got from and those it was made of: a session stands for its engine.
    """
    found: set[Origin] = set()
    waiting = [
        origin for frame in _frames(children) for call in frame.function.calls for origin in _in(call, frame, evaluator)
    ]
    while waiting:
        origin = waiting.pop()
        if origin not in found:
            found.add(origin)
            waiting.extend(_behind(origin, evaluator))
    return frozenset([o.place for o in found if isinstance(o, (Made, Instance)) and o.place is not None])


def _frames(children: WorkerCode) -> Iterable[Frame]:
    """Return what runs, on event loops or not."""
    sync = [visit.frame for visits in children.visits.values() for visit in visits]
    return dict.fromkeys([*sync, *[way.frame for ways in children.reached.values() for way in ways]])


def _in(call: Call, frame: Frame, evaluator: Evaluator) -> Iterator[Origin]:
    values: list[Value] = [call.function, *call.arguments, *[value for _, value in call.keywords]]
    while isinstance(values[0], Attribute):  # ``Order`` in ``Order.query.get(…)``
        values.insert(0, values[0].value)
    for value in values:
        yield from evaluator.origins(value, frame)


def _behind(origin: Origin, evaluator: Evaluator) -> Iterator[Origin]:
    """Yield what using an object uses too."""
    if isinstance(origin, Method):
        yield origin.receiver
    elif isinstance(origin, (Made, Instance)):
        if isinstance(origin, Made) and origin.of is not None:
            yield origin.of
        if origin.call is not None and origin.frame is not None:
            yield from _in(origin.call, origin.frame, evaluator)
    elif isinstance(origin, ClassObject):
        for cls in evaluator.lineage(origin):
            if isinstance(cls, ClassObject):
                outside = evaluator.frame(cls.module, cls.module.functions[cls.cls.parent])
                for base in cls.cls.bases:  # ``class Order(db.Model)``
                    yield from evaluator.origins(base, outside)
