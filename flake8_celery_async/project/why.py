"""Why there is a finding at a line; and where there is none, what is known of the line."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_celery_async.project.evidence import LOOPS, Evidence, described, driven, told, way
from flake8_celery_async.project.graph import Project
from flake8_celery_async.project.tree import Node, nested
from flake8_celery_async.project.ways import Crossings, Use, numbers
from flake8_celery_async.semantics.bridges import Bridge, find_bridge
from flake8_celery_async.semantics.resources import innermost, resources
from flake8_celery_async.source.module import Call, Function, Module
from flake8_celery_async.source.origins import Place


def explain(evidence: Evidence | None, here: Place, module: Module, project: Project) -> Node:
    """Return the tree of evidence of one finding of a module at the place ``here``."""
    if evidence is None:
        visit = project.worker.first(innermost(module, here))
        if visit is None:
            return Node("the place of the finding", here)
        evidence = visit
    return told(evidence, here, project)


def known(module: Module, line: int, project: Project) -> list[Node]:
    """Return what is known of a line that has no finding: its tasks, bridges and objects, and why they are silent."""
    nodes = [Node(f"task '{t.name}' begins here") for t in project.tasks_of(module) if t.function.line == line]
    for function in module.functions:
        for call in function.calls:
            if call.line == line:
                nodes += _bridges(call, function, module, project)
                nodes += _objects(call, function, module, project)
    nodes += _uses(module, line, project)
    return list(dict.fromkeys(nodes)) or [_function(module, line, project)]


def _function(module: Module, line: int, project: Project) -> Node:
    function = innermost(module, Place(module.path, line, 0))
    if function.kind == "module":
        return Node("no task, bridge or object of an event loop is seen here, and the line is in no function")
    visit = project.worker.first(function)
    if visit is None:
        return Node(f"no task and no worker signal receiver is seen to reach {function.qualname}()")
    return Node(f"worker code: {function.qualname}() is reached", None, (nested(way(visit)),))


# -- bridges -----------------------------------------------------------------------------------------------------------


def _bridges(call: Call, function: Function, module: Module, project: Project) -> Iterator[Node]:
    worker = project.worker
    met = worker.crossings_with(lambda crossing: crossing.bridge.call is call)
    if met:
        bridge, visit, _ = worker.crossings[next(numbers(met))]
        uses = [use for use in worker.uses if use.reached.crossings & met]
        yield Node(driven(bridge), None, (nested(way(visit)), _objects_of(bridge, uses, met, project)))
        return
    first = project.worker.first(function)
    frame = first.frame if first is not None else project.evaluator.frame(module, function)
    found = find_bridge(call, frame, project.evaluator, project.options)
    if found is not None:
        reason = "no task and no worker signal receiver is seen to reach it"
        if first is not None:
            reason = "an event loop is running already where worker code reaches it, which is the subject of CAX09"
        yield Node(driven(found), None, (Node(f"silent: {reason}"),))


def _objects_of(bridge: Bridge, uses: list[Use], met: Crossings, project: Project) -> Node:
    objects = {use.resource.place: _silent(use, use.reached.nearest(met), project) for use in reversed(uses)}
    if objects:
        return Node("the objects its coroutine uses", None, tuple(objects.values()))
    if not bridge.is_fresh:
        return Node(f"silent: it runs {LOOPS[bridge.loop]}, and no object of another loop is seen in its coroutine")
    return Node("its coroutine is not seen to use an object that belongs to one event loop")


# -- objects -----------------------------------------------------------------------------------------------------------


def _objects(call: Call, function: Function, module: Module, project: Project) -> Iterator[Node]:
    here = Place(module.path, call.line, call.column)
    uses = [use for use in project.worker.uses if use.resource.place == here]
    if uses:
        ways = {
            bridge.place: _met(use, number, bridge, project) for use in uses for number, bridge in _of(use, project)
        }
        yield Node(described(uses[0].resource), None, tuple(ways.values()))
        return
    for origin in project.evaluator.origins(call, project.evaluator.frame(module, function)):
        for resource in resources(origin, project.evaluator, project.options):
            if resource.place == here:
                reason = "silent: no bridge in worker code is seen to run a coroutine that uses it"
                yield Node(described(resource), None, (Node(reason),))


def _of(use: Use, project: Project) -> Iterator[tuple[int, Bridge]]:
    """Yield the bridges that drive a use, each with the number of the crossing."""
    for number in numbers(use.reached.crossings):
        yield number, project.worker.crossings[number].bridge


def _met(use: Use, number: int, bridge: Bridge, project: Project) -> Node:
    return Node(f"{driven(bridge)}: {_reason(use, number, project)}", bridge.place)


def _uses(module: Module, line: int, project: Project) -> Iterator[Node]:
    for use in project.worker.uses:
        if use.place.path == module.path and use.place.line == line and not use.reached.holds_bridge:
            for number, bridge in _of(use, project):
                silent = _silent(use, number, project)
                yield Node("a use of an object", None, (Node(driven(bridge), bridge.place), silent))


def _silent(use: Use, number: int, project: Project) -> Node:
    return Node(f"{described(use.resource)}: {_reason(use, number, project)}", use.resource.place)


def _reason(use: Use, number: int, project: Project) -> str:
    found = project.excuses.of(use)
    excuse = next(excuse for excuse, crossings in found.items() if crossings >> number & 1)
    return "reported" if excuse is None else f"silent, {excuse.value}"
