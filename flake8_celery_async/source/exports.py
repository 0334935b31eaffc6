"""What a name of a module means after every import is followed: re-exports and ``from … import *``, in any number.

The names of all modules are the nodes of a graph, and imports its edges. A node that its module binds means all that
the bindings mean; another one means what the last star import gives that gives it anything. Nodes that lead to each
other are worked out together, until nothing is added; so an answer does not depend on what was asked first, each node
is looked at once, and no chain is too long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias, cast

from flake8_celery_async.source.blocks import around
from flake8_celery_async.source.interpreter import Sources
from flake8_celery_async.source.memory import Memory, Rests
from flake8_celery_async.source.module import Binding, Compare, Import, Module, Opaque, Stored
from flake8_celery_async.source.names import absolute
from flake8_celery_async.source.origins import External, Package


class Member(NamedTuple):
    """A name of a module: ``from module import name``."""

    module: Module
    name: str


class Bound(NamedTuple):
    """A binding in the body of a module that is no import."""

    module: Module
    name: str
    position: int
    """Index in the bindings of the name."""

    @property
    def binding(self) -> Binding:
        """The binding itself."""
        return self.module.body.bindings[self.name][self.position]


class Written(NamedTuple):
    """What other modules assign to a name of a module: ``db.engine = …`` after ``from app import db``."""

    module: Module
    name: str


class Below(NamedTuple):
    """A dotted name that leads through something that is no module: ``from app.state.Engine import pool``."""

    name: str
    importer: Module


Export: TypeAlias = "Bound | Written | Below | Package | External"
Exports: TypeAlias = "tuple[Export, ...]"


class _Every(NamedTuple):
    """The way on from a name that its module binds: all of these."""

    ways: tuple[Member | Export, ...]


class _First(NamedTuple):
    """The way on from a name that its module does not bind: the first of these that gives anything."""

    ways: tuple[Member, ...]


class _Stars(NamedTuple):
    """What a module imports everything from."""

    ranks: dict[Module, int]
    """The modules, each with its number: what a lower one gives hides what a higher one does."""
    unbounded: tuple[Module, ...]
    """Those that may give names which they do not bind: packages, and modules with star imports of their own."""


class _Visit:
    """A node on the way of the search, with what is left of its ways (Tarjan's algorithm)."""

    __slots__ = ("lowest", "member", "number", "position", "rests", "ways")

    def __init__(self, member: Member, ways: _Every | _First, rests: Rests, number: int) -> None:
        self.member = member
        self.ways = ways
        self.rests = rests
        """What the ways rest on."""
        self.number = number
        self.lowest = number
        self.position = 0


class ExportTable:
    """The names of all modules of a project; build one for each state of the files."""

    def __init__(self, sources: Sources, memory: Memory) -> None:
        self._sources = sources
        self._memory = memory
        self._known = memory.table(ExportTable.member)
        self._imported = memory.table(ExportTable.imported)
        self._stars = memory.table(ExportTable._stars_of)
        self._binders: dict[str, list[Module]] = {}
        """The modules without star imports that others import everything from, by the names that they bind."""
        self._entered: set[Module] = set()
        """The modules in :attr:`_binders`."""

    def change_sources(self, sources: Sources) -> None:
        """Answer for other modules from now on."""
        self._sources = sources

    def member(self, module: Module, name: str) -> Exports:
        """Return what ``from module import name`` means, in the order of the bindings."""
        member = Member(module, name)
        known = self._known.get(member)
        if known is None:
            self._search(member)
            known = self._known[member]
        self._memory.rests |= known[1]
        return cast("Exports", known[0])

    def imported(self, module: Module, binding: Import) -> Exports:
        """Return what an import in a module binds its name to; nothing for ``import *``."""
        base = absolute(module, binding)
        key = (module, base, binding.name)
        return self._memory.recall(self._imported, key, module.path, lambda: self._means(module, base, binding.name))

    def _means(self, module: Module, base: str, name: str | None) -> Exports:
        """Return what an import of ``base``, or of ``name`` from it, means."""
        way = self._way(module, base, name)
        return self.member(*way) if isinstance(way, Member) else () if way is None else (way,)

    def starred(self, module: Module, name: str) -> Exports:
        """Return what the star imports of a module give for a name that the module does not bind."""
        first: Exports = ()
        for source in self._givers(module, name):
            found = self.member(source, name)
            if any(map(_may_give, found)):
                return found
            first = first or found
        return first

    def _stars_of(self, module: Module) -> _Stars:
        known = self._stars.get(module)
        if known is None:
            outer = self._memory.begin()
            found = [self._sources.module(absolute(module, star), module) for star in _star_imports(module)]
            sources = dict.fromkeys([source for source in found if source is not None and source is not module])
            unbounded = [source for source in sources if source.is_package or "*" in source.body.bindings]
            ranks = {source: rank for rank, source in enumerate(sources)}
            known = self._stars[module] = _Stars(ranks, tuple(unbounded)), self._memory.end(outer)
            for source in ranks.keys() - self._entered - {*unbounded}:
                self._entered.add(source)
                for name in source.body.bindings:
                    self._binders.setdefault(name, []).append(source)
        self._memory.rests |= known[1]
        return cast("_Stars", known[0])

    def _givers(self, module: Module, name: str) -> Sequence[Module]:
        """Return the sources of a module's star imports that may give a name, the one that counts first."""
        ranks, unbounded = self._stars_of(module)
        binders = self._binders.get(name, ())
        if len(ranks) <= len(binders) + len(unbounded):
            return tuple(ranks)
        return sorted([*unbounded, *[source for source in binders if source in ranks]], key=ranks.__getitem__)

    def dotted(self, name: str, importer: Module) -> tuple[Module | None, list[str]]:
        """Return the longest leading part of an absolute dotted name that is a module, and the names below it."""
        parts = name.split(".")
        for cut in range(len(parts), 0, -1):
            module = self._sources.module(".".join(parts[:cut]), importer)
            if module is not None:
                return module, parts[cut:]
        return None, parts

    # -- the graph ---------------------------------------------------------------------------------------------------

    def _ways(self, member: Member) -> _Every | _First:
        module, name = member
        bindings = module.body.bindings.get(name)
        if bindings is None:
            submodule = self._sources.module(f"{module.name}.{name}", module)
            if submodule is not None:
                return _Every((Package(submodule),))
            return _First(tuple([Member(source, name) for source in self._givers(module, name)]))
        ways: list[Member | Export] = []
        for position, binding in enumerate(bindings):
            if isinstance(binding, Import):
                way = self._way(module, absolute(module, binding), binding.name)
                if way is not None:
                    ways.append(way)
            else:
                ways.append(Bound(module, name, position))
        if self._sources.stores(module, (), name):
            ways.append(Written(module, name))
        return _Every(tuple(ways))

    def _way(self, module: Module, base: str, name: str | None) -> Member | Export | None:
        """Return where an import of ``base``, or of ``name`` from it, leads; None for ``import *``."""
        if name == "*":
            return None
        if name is not None:
            package = self._sources.module(base, module)
            if package is not None and package is not module and name in package.body.bindings:
                return Member(package, name)  # a package's own names hide its modules
            base = f"{base}.{name}"
        home, rest = self.dotted(base, module)
        if home is None:
            return External(base)
        if not rest:
            return Package(home)
        return Member(home, rest[0]) if len(rest) == 1 else Below(base, module)

    # -- the search --------------------------------------------------------------------------------------------------

    def _search(self, start: Member) -> None:
        """Work out a node and all that it leads to, what leads nowhere else first."""
        visits: dict[Member, _Visit] = {}
        path = [self._visit(start, visits)]
        waiting: list[_Visit] = []
        while path:
            current = path[-1]
            onward = self._onward(current, visits)
            if onward is not None:
                path.append(self._visit(onward, visits))
                continue
            path.pop()
            waiting.append(current)
            if path:
                path[-1].lowest = min(path[-1].lowest, current.lowest)
            if current.lowest == current.number:
                circle: list[_Visit] = []
                while waiting and waiting[-1].number >= current.number:
                    circle.append(waiting.pop())
                self._settle(circle)

    def _visit(self, member: Member, visits: dict[Member, _Visit]) -> _Visit:
        outer = self._memory.begin()
        self._memory.rests = self._memory.mark(member.module.path)
        ways = self._ways(member)
        visit = visits[member] = _Visit(member, ways, self._memory.end(outer), len(visits))
        return visit

    def _onward(self, visit: _Visit, visits: dict[Member, _Visit]) -> Member | None:
        """Return the next node to look at from another one; None when all of its ways have been taken."""
        ways = visit.ways.ways
        only_first = isinstance(visit.ways, _First)
        while visit.position < len(ways):
            way = ways[visit.position]
            visit.position += 1
            if not isinstance(way, Member):
                continue
            known = self._known.get(way)
            if known is None:
                met = visits.get(way)
                if met is None:
                    visit.position -= 1  # come back here: what it gives may be all that is wanted
                    return way
                visit.lowest = min(visit.lowest, met.number)
            elif only_first and any(map(_may_give, known[0])):
                break
        return None

    def _settle(self, circle: Sequence[_Visit]) -> None:
        """Remember what the nodes of one circle mean, which all lead to each other (mostly it is a single one)."""
        rests = self._rests_of(circle)
        if len(circle) == 1:
            (only,) = circle
            self._known[only.member] = self._meaning(only, {}), rests
            return
        found: dict[Member, Exports] = {visit.member: () for visit in circle}
        ordered = _inner_first(circle)
        grows = True
        while grows:
            grows = False
            for visit in ordered:
                before = found[visit.member]
                now = tuple(dict.fromkeys((*before, *self._meaning(visit, found))))
                if len(now) > len(before):
                    found[visit.member] = now
                    grows = True
        self._known.update({member: (exports, rests) for member, exports in found.items()})

    def _rests_of(self, circle: Sequence[_Visit]) -> Rests:
        """Return what the meanings of a circle rest on: the ways of its nodes, and what they lead to."""
        outer = self._memory.begin()
        for visit in circle:
            self._memory.rests |= visit.rests
            for way in visit.ways.ways:
                known = self._known.get(way) if isinstance(way, Member) else None
                self._memory.rests |= known[1] if known is not None else 0
        return self._memory.end(outer)

    def _meaning(self, visit: _Visit, circle: dict[Member, Exports]) -> Exports:
        if isinstance(visit.ways, _First):
            found: Exports = ()
            for way in visit.ways.ways:
                given = self._given(way, circle)
                if any(map(_may_give, given)):
                    return given
                found = found or given
            return found
        parts = [self._given(way, circle) if isinstance(way, Member) else (way,) for way in visit.ways.ways]
        if len(parts) == 1:
            return parts[0]
        return tuple(dict.fromkeys(export for part in parts for export in part))

    def _given(self, member: Member, circle: dict[Member, Exports]) -> Exports:
        known = self._known.get(member)
        return circle.get(member, ()) if known is None else cast("Exports", known[0])


def _star_imports(module: Module) -> list[Import]:
    """Return the star imports of a module: what a later one gives counts, but not what stands in only for another."""
    found = [star for star in reversed(module.body.bindings.get("*", ())) if isinstance(star, Import)]
    return sorted(found, key=lambda star: any(block.kind == "except" for _, block in around(module.body, star.block)))


def _may_give(export: Export) -> bool:
    """Say whether a value may come of it: arithmetic and texts put together have none that could be followed."""
    if not isinstance(export, Bound):
        return True
    binding = export.binding
    if not isinstance(binding, Stored):
        return True
    assignment = binding.assignment
    return assignment.annotation is not None or not isinstance(assignment.value, (Opaque, Compare))


def _inner_first(circle: Sequence[_Visit]) -> list[_Visit]:
    """Return the nodes of a circle, those that are led to first, in an order that depends on nothing but the circle."""
    members = {visit.member: visit for visit in circle}
    ordered: list[_Visit] = []
    seen: set[Member] = set()
    for first in sorted(members, key=_place):
        if first in seen:
            continue
        seen.add(first)
        path: list[tuple[Member, Iterator[Member | Export]]] = [(first, iter(members[first].ways.ways))]
        while path:
            member, ways = path[-1]
            onward = next((w for w in ways if isinstance(w, Member) and w in members and w not in seen), None)
            if onward is None:
                ordered.append(members[member])
                path.pop()
            else:
                seen.add(onward)
                path.append((onward, iter(members[onward].ways.ways)))
    return ordered


def _place(member: Member) -> tuple[int, str, str]:
    path = member.module.path
    return path.count("/"), path, member.name
