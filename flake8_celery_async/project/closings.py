"""Where worker code closes loop-bound objects on the loop of a bridge, by the files that a finding may stand in."""

from __future__ import annotations

from typing import NamedTuple

from flake8_celery_async.project.ways import Use, Visit, numbers
from flake8_celery_async.project.worker import WorkerCode
from flake8_celery_async.semantics.bridges import THREAD, Bridge
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import Attribute, Call
from flake8_celery_async.source.origins import Made, Place


class Closing(NamedTuple):
    """The use that closes an object, on the loop of one crossing."""

    use: Use
    number: int
    """That of the crossing."""
    visit: Visit
    bridge: Bridge
    call: Call | None
    """The call that closes; None when it is not in sight."""
    own: Place
    """The place to report when the bridge does nothing else."""


def find_closings(worker: WorkerCode, evaluator: Evaluator) -> dict[str, list[Closing]]:
    """Return the closings by the paths of the files where the use, or what drives it, stands; each in order."""
    found: dict[str, list[Closing]] = {}
    for use in worker.closings:
        for number in numbers(use.reached.crossings):
            bridge = worker.crossings[number].bridge
            if bridge.loop != THREAD:
                call, own = _call(use, bridge, evaluator)
                closing = Closing(use, number, worker.by(number, use.reached), bridge, call, own)
                for path in {own.path, use.place.path}:
                    found.setdefault(path, []).append(closing)
    return found


def _call(use: Use, bridge: Bridge, evaluator: Evaluator) -> tuple[Call | None, Place]:
    """Return the call that closes, and the place to report when the bridge does nothing else."""
    if use.reached.holds_bridge:
        for origin in bridge.origins(evaluator):
            if isinstance(origin, Made) and origin.name.endswith(f".{use.method}") and origin.place is not None:
                # ``run_async(engine.dispose())``: the helper that holds the bridge is not at fault.
                here = origin.frame is None or origin.frame.function is bridge.frame.function
                return origin.call, bridge.place if here else origin.place
        return None, bridge.place
    for call in use.reached.frame.function.calls:
        if (call.line, call.column) == (use.place.line, use.place.column):
            if isinstance(call.function, Attribute) and call.function.name == use.method:
                return call, bridge.place
    return None, bridge.place
