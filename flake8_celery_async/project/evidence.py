"""What a finding rests on, told as a tree: task, calls, bridge, coroutine, object, and the excuses it does not have."""

from __future__ import annotations

from typing import TypeAlias

from flake8_celery_async.project.coroutines import Meeting
from flake8_celery_async.project.graph import Project
from flake8_celery_async.project.pairs import Pair, looked_for
from flake8_celery_async.project.tree import Node, nested
from flake8_celery_async.project.ways import Visit
from flake8_celery_async.semantics.bridges import FRESH, LASTING, OWN, THREAD, Bridge
from flake8_celery_async.semantics.resources import Resource, innermost
from flake8_celery_async.source.origins import Place

Evidence: TypeAlias = "Pair | Visit | Meeting"
"""A bridge and its object, a way from a task to a function, or a call that a coroutine must not make."""

LOOPS = {
    FRESH: "on an event loop made for this call",
    LASTING: "on an event loop that outlives the call",
    OWN: "on the thread's event loop, or a new one where it has none",
    THREAD: "on the event loop of another thread",
}


def told(evidence: Evidence, here: Place, project: Project) -> Node:
    """Return the tree of one finding; ``here`` is the place it reports."""
    if isinstance(evidence, Pair):
        return _pair(evidence, here, project)
    if isinstance(evidence, Visit):
        return nested([*way(evidence), Node("the place of the finding", here)])
    return _meeting(evidence, project)


def way(visit: Visit) -> list[Node]:
    """Return the steps from a task or a receiver to a function, each inside the one before.

    The place of a call is where it is made, that of a coroutine where it is defined.
    """
    nodes = [Node(visit.root.name, visit.root.place)]
    bridge = visit.bridge
    for number, step in enumerate(visit.path, 1):
        if bridge is not None and number == visit.outside:
            nodes.append(Node(driven(bridge), step.place))
        elif bridge is not None and number == visit.outside + 1:
            nodes.append(Node(f"coroutine {step.name}", step.defined))
        else:
            nodes.append(Node(f"call of {step.name}", step.place))
    if visit.threaded:
        nodes.append(Node("in another thread"))
    return nodes


def driven(bridge: Bridge) -> str:
    """Return ``bridge asyncio.run(), on an event loop made for this call``."""
    return f"bridge {bridge.name}, {LOOPS[bridge.loop]}"


def described(resource: Resource) -> str:
    """Return ``'client', httpx.AsyncClient(), kept in a global``."""
    hold = resource.hold
    made = f"{resource.row.name}()"
    if hold is None:
        return made
    return f"'{resource.name}', {made}, kept in {'an' if hold.kind[0] in 'ai' else 'a'} {hold.kind}"


def _pair(pair: Pair, here: Place, project: Project) -> Node:
    resource = pair.resource
    looked = Node("looked for, and not found", None, tuple([Node(excuse.value) for excuse in looked_for(resource)]))
    made = Node(described(resource), resource.place, (*_holders(resource, project), looked))
    tree = nested([*way(pair.visit), Node(f"use of '{resource.name}'", pair.place), made])
    others = _others(pair, here, project)
    return tree._replace(children=(*tree.children, Node("the same with", None, others))) if others else tree


def _holders(resource: Resource, project: Project) -> list[Node]:
    """Return the function that makes an object, and what keeps it, nearest first, where other lines do."""
    nodes: list[Node] = []
    place = resource.place
    module = project.at(place.path)
    maker = innermost(module, place) if module is not None else None
    if maker is not None and maker.kind == "function":
        nodes.append(Node(f"made in {maker.qualname}()", Place(place.path, maker.line, maker.column)))
    hold = resource.hold
    while hold is not None:
        if hold.place[:2] != place[:2]:
            nodes.append(Node(f"kept by '{hold.name}' ({hold.kind})", hold.place))
        hold = hold.owner.hold if hold.owner is not None else None
    return nodes


def _others(pair: Pair, here: Place, project: Project) -> tuple[Node, ...]:
    """Return the other objects of the bridge, or the other bridges of the object: the finding names one of them."""
    if here[:2] == pair.bridge.place[:2]:
        return tuple([Node(described(p.resource), p.resource.place) for p in project.pairs.beside(pair)])
    around = project.pairs.around(pair)
    return tuple([Node(f"{driven(p.bridge)}; {p.visit.root.name}", p.bridge.place) for p in around])


def _meeting(meeting: Meeting, project: Project) -> Node:
    """Return the tree of a coroutine that reaches, by the calls of plain functions, what it must not."""
    path, function, chain = meeting.frame.module.path, meeting.function, meeting.chain
    nodes = [Node(f"coroutine {function.qualname}()", Place(path, function.line, function.column))]
    visit = meeting.visit
    if visit is not None:
        is_driven = visit.bridge is not None and len(visit.path) == visit.outside + 1
        steps = way(visit)
        nodes = [*(steps[:-1] if is_driven else steps), *nodes]  # what is driven is the coroutine itself
    called = Place(path, meeting.call.line, meeting.call.column)
    nodes += [Node(f"call of {name}", None if number else called) for number, name in enumerate(chain.path)]
    return nested([*nodes, Node(chain.hit.name, chain.hit.place)])
