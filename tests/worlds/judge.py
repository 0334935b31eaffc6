"""What was observed must be reported at its place, and what is reported must have been observed.

:data:`TABLE` is the whole of it: how an observation becomes the finding that it demands, and what the rules state on
top of that (advice, one finding for one defect, merged places).
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from flake8_celery_async.linter import lint_file
from flake8_celery_async.options import OFF, Options
from flake8_celery_async.project.workspace import Workspace
from tests.worlds.recipe import World
from tests.worlds.standin.events import Event, EventKind, Place


class Demand(NamedTuple):
    """A finding: what was observed demands it, or the linter reports it."""

    code: str
    place: Place


class Disagreement(NamedTuple):
    """One difference between what was observed and what is reported."""

    direction: Literal["missing", "wrong"]
    """``missing``: observed and not reported; ``wrong``: reported and not observed."""
    code: str
    place: Place


class Observed:
    """The events of a world, ready to be asked."""

    def __init__(self, events: Iterable[Event], files: Mapping[str, str]) -> None:
        self.events = list(dict.fromkeys(event for event in events if event.kind != "ran"))
        self._files = files
        tasks: dict[Place, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for event in events:
            if event.kind == "bridge":
                loop, _, task = event.detail.partition(" in ")
                tasks[event.place][loop].add(task)
        once = {place for place, loops in tasks.items() if all(len(each) == 1 for each in loops.values())}
        self.fresh = {place for place in once if len(tasks[place]) > 1}
        """The bridges that were crossed with more than one loop, none of which served two tasks."""
        self.repeated = {place for place in self.fresh if any(map(_is_task, set().union(*tasks[place].values())))}
        """Those that a task has crossed: a receiver of the worker's signals runs once."""
        bridges = [event for event in events if event.kind == "bridge"]
        makers = {event.place for event in bridges if self._in_one_function(event.place, event.other)}
        self.ending = self.fresh | (once & makers) | _changing(bridges)
        """The fresh bridges, those whose function makes their loop, however often they were crossed, and those whose
        thread got another loop in between."""

    def _in_one_function(self, place: Place, other: Place) -> bool:
        """Say whether two places are in one function, or the same."""
        if place == other or place.path != other.path:
            return place == other
        return self._function(place) == self._function(other)

    def _function(self, place: Place) -> int:
        """Return the line of the innermost function around a place; 0 outside all."""
        lines = [
            node.lineno
            for node in ast.walk(ast.parse(self._files[place.path]))
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            and node.lineno <= place.line <= (node.end_lineno or 0)
        ]
        return max(lines, default=0)

    def of(self, kind: EventKind) -> Iterator[Event]:
        """Yield the events of one kind."""
        return (event for event in self.events if event.kind == kind)

    def definition(self, place: Place) -> Place:
        """Return the line of ``def`` for the first line of a decorated function."""
        for node in ast.walk(ast.parse(self._files[place.path])):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.decorator_list:
                if node.decorator_list[0].lineno == place.line:
                    return Place(place.path, node.lineno)
        return place

    def coroutine(self, place: Place) -> Place:
        """Return the line of the innermost ``async def`` around a place."""
        lines = [
            node.lineno
            for node in ast.walk(ast.parse(self._files[place.path]))
            if isinstance(node, ast.AsyncFunctionDef) and node.lineno <= place.line <= (node.end_lineno or 0)
        ]
        return Place(place.path, max(lines, default=0))


def _changing(bridges: Iterable[Event]) -> set[Place]:
    """Return the bridges at which one thread ran things on a loop, then on another, and never again on the first."""
    runs: dict[tuple[Place, str], list[str]] = defaultdict(list)
    for event in bridges:
        loop = event.detail.partition(" in ")[0]
        thread = loop.rpartition(".")[0] or loop.rpartition(" ")[0]
        found = runs[event.place, thread]
        if found[-1:] != [loop]:
            found.append(loop)
    return {place for (place, _), loops in runs.items() if 1 < len(loops) == len(set(loops))}


def _is_task(runner: str) -> bool:
    """Say whether what has crossed a bridge is a task; signals are counted below zero."""
    return not runner.startswith("task -")


Rule: TypeAlias = Callable[[Observed], Iterator[Place]]


def _async_tasks(seen: Observed) -> Iterator[Place]:
    for event in seen.of("async task"):
        yield seen.definition(event.place)


def _silent_receivers(seen: Observed) -> Iterator[Place]:
    for event in seen.of("silent receiver"):
        yield seen.definition(event.place)


def _stale_bridges(seen: Observed) -> Iterator[Place]:
    """Bridges of ending loops that use an object which met a second loop or was opened twice; no primitive alone."""
    met = {e.other for e in seen.of("met") if e.place in seen.ending and e.detail not in (*_PRIMITIVES, _SHARED_ENGINE)}
    met |= {e.other for e in seen.of("reopened")}
    for event in seen.of("used"):
        if event.place in seen.ending and event.other in met:
            yield event.place


def _kept(seen: Observed, *kinds: str) -> Iterator[Place]:
    """Objects that bridges of ending loops use, one of them as a second loop; one that only closes it is CAX15."""
    used = {event.other for event in seen.of("used") if event.place in seen.ending}
    for event in seen.of("met"):
        if event.place in seen.ending and event.other in used and event.detail in kinds:
            yield event.other


def _kept_clients(seen: Observed) -> Iterator[Place]:
    kinds = {event.detail for event in seen.of("met")} - {*_ENGINES, *_PRIMITIVES}
    yield from _kept(seen, *kinds)
    for event in seen.of("reopened"):
        yield event.other
    for event in seen.of("imported loop"):
        yield event.place


def _foreign_closes(seen: Observed) -> Iterator[Place]:
    """The calls that close on another loop, or the bridges that do nothing else."""
    used = {event.place for event in seen.of("used")}
    for event in seen.of("foreign close"):
        yield event.place if event.other in used else event.other


def _fresh_bridges(seen: Observed) -> Iterator[Place]:
    """Fresh bridges in worker code beside which nothing else is said of the same bridge.

    A loop that stands in for one that others have taken away would have been kept.
    """
    unclosed = {event.place for event in seen.of("unclosed")}
    said = {*_stale_bridges(seen), *_foreign_closes(seen), *_places("clash", "cure")(seen)}
    said |= {event.place for event in seen.of("bridge") if event.other in unclosed}
    yield from seen.repeated - said - {event.place for event in seen.of("stand-in")}


def _places(*kinds: EventKind) -> Rule:
    def find(seen: Observed) -> Iterator[Place]:
        for kind in kinds:
            for event in seen.of(kind):
                yield event.place

    return find


def _blocking(seen: Observed) -> Iterator[Place]:
    """Waits on the world at each call, waits for stores at the first call of each coroutine."""
    stores: dict[Place, Place] = {}
    for event in seen.of("blocking"):
        if event.detail == "A":
            yield event.place
        elif event.detail == "B":
            coroutine = seen.coroutine(event.place)
            stores[coroutine] = min(event.place, stores.get(coroutine, event.place))
    yield from stores.values()


def _published(seen: Observed) -> Iterator[Place]:
    for event in seen.of("publish"):
        if event.detail != "alone":
            yield event.place


_SHARED_ENGINE = "AsyncEngine of two threads"
"""It works on each of their loops, unless the first connections are made at once."""
_ENGINES = ("AsyncEngine", _SHARED_ENGINE)
_PRIMITIVES = ("Lock", "Semaphore", "Event", "Queue", "Condition", "Future")

TABLE: dict[str, Rule] = {
    "CAX01": _async_tasks,
    "CAX02": _fresh_bridges,
    "CAX03": _stale_bridges,
    "CAX04": _kept_clients,
    "CAX05": lambda seen: _kept(seen, *_ENGINES),
    "CAX06": lambda seen: _kept(seen, *_PRIMITIVES),
    "CAX07": _places("unclosed"),
    "CAX08": _places("no loop"),
    "CAX09": _places("nested"),
    "CAX10": _places("own wait", "endless wait"),
    "CAX11": _places("never awaited", "not awaitable"),
    "CAX12": _places("orphan"),
    "CAX13": _places("forked"),
    "CAX14": _silent_receivers,
    "CAX15": _foreign_closes,
    "CAX16": _blocking,
    "CAX17": _published,
    "CAX18": _places("result wait"),
    "CAX19": _places("no timeout"),
    "CAX20": _places("clash", "idle limit"),
}
"""For each code the places at which a finding is demanded."""

OFF_BY_DEFAULT = frozenset({"CAX17"})
"""Off by default: worlds are not judged by it, the pages are."""


UNSEEN: dict[EventKind, frozenset[str]] = {
    "own wait": frozenset(
        {"CAX02", "CAX03", "CAX04", "CAX05", "CAX06", "CAX09", "CAX11", "CAX12", "CAX16", "CAX18", "CAX19"}
    ),
    "nested": frozenset({"CAX10", "CAX11", "CAX12", "CAX16", "CAX18"}),
    "no loop": frozenset({"CAX10", "CAX11", "CAX12", "CAX16", "CAX18"}),
    "async task": frozenset({"CAX09", "CAX10", "CAX11", "CAX12", "CAX16", "CAX18"}),
    "silent receiver": frozenset(TABLE) - {"CAX01", "CAX07", "CAX14"},
}
"""What ends all that would come after it, and the codes of which its scene shows nothing then."""
OF_CODE = frozenset({"CAX09", "CAX11"})
"""What the rules say of a function whoever calls it: where nobody does, nobody sees whether it is right."""
RAISES: frozenset[EventKind] = frozenset(
    {"nested", "no loop", "not awaitable", "own wait", "result wait", "met", "reopened", "forked", "clash"}
)
"""What may end a task early: of the functions of its scene that were never entered nothing is seen."""
NO_WORKER: dict[EventKind, frozenset[str]] = {"imported loop": frozenset(TABLE) - {"CAX04"}}
"""What keeps the worker from its start, and the codes of which the whole world shows nothing then."""


def demanded(events: Iterable[Event], world: World) -> set[Demand]:
    """Return the findings that what was observed demands."""
    seen = Observed(list(events), world.files)
    return {Demand(code, place) for code, rule in TABLE.items() for place in rule(seen)}


def judged(demands: Iterable[Demand], events: Sequence[Event], world: World) -> set[Demand]:
    """Return the findings of which the world shows whether they are right."""
    everywhere = OFF_BY_DEFAULT.union(*[NO_WORKER.get(event.kind, frozenset()) for event in events])
    hidden = {(world.scenes.get(event.place), code) for event in events for code in UNSEEN.get(event.kind, frozenset())}
    ran = {event.place for event in events if event.kind == "ran"}
    ended = {world.scenes.get(event.place) for event in events if event.kind in RAISES}
    return {
        demand
        for demand in demands
        if demand.code not in everywhere
        and (
            (demand.code not in OF_CODE and world.scenes.get(demand.place) not in ended)
            or _is_entered(demand.place, ran, world.files)
        )
        and (world.scenes.get(demand.place), demand.code) not in hidden
    }


def _is_entered(place: Place, ran: Collection[Place], files: Mapping[str, str]) -> bool:
    """Say whether a place ran, or another line in the body of the function around it."""
    around = [
        node
        for node in ast.walk(ast.parse(files[place.path]))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body[0].lineno <= place.line <= (node.end_lineno or 0)
    ]
    if place in ran or not around:
        return True
    innermost = max(around, key=lambda node: node.lineno)
    body = range(innermost.body[0].lineno, (innermost.end_lineno or 0) + 1)
    return any(Place(place.path, line) in ran for line in body)


def reported(world: World, folder: Path) -> set[Demand]:
    """Return the findings of the linter for a world whose files are in a folder."""
    workspace = Workspace(folder, (), Options(enable=OFF_BY_DEFAULT, project_root=str(folder), cache_dir=OFF))
    found: set[Demand] = set()
    for path, text in world.files.items():
        if path.endswith(".py"):
            lines = text.splitlines(keepends=True)
            for finding in lint_file(ast.parse(text), lines, str(folder / path), workspace):
                found.add(Demand(finding.code, Place(path, finding.line)))
    return found
