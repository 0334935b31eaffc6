"""The parts of worlds. To add one, write one function with :func:`part` above it in the module of its kind.

A part is an arrow from one :data:`~tests.worlds.writer.Kind` to another: it gets the writer and the reference to what
is inside, writes its code, and returns the reference to what it made. A world is a walk along arrows from ``nothing``
to ``root``.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from tests.worlds.writer import Kind, Pool, Ref, Writer

Make: TypeAlias = Callable[[Writer, Ref], Ref]


@dataclass(frozen=True, slots=True)
class Part:
    """One way to write something."""

    name: str
    group: str
    """The module it stands in: declare, bridge, reach, …"""
    takes: Kind
    gives: Kind
    make: Make
    weight: int
    """How often it is drawn, compared with the others that start from the same kind."""
    only_after: frozenset[str]
    """Names of the parts directly inside of which one is needed; empty when any will do."""
    never_after: frozenset[str]
    """Names of parts that must not be anywhere inside."""
    pool: Pool | None
    """The pool that it gives the worker of its world; None where it names none."""


PARTS: dict[str, Part] = {}


def can_meet(one: Part, other: Part) -> bool:
    """Say whether two parts can occur in one world.

    Any two can, for each may stand in a scene of its own, but two that give the worker different pools.
    """
    return one.pool is None or other.pool is None or one.pool == other.pool


def part(
    takes: Kind,
    gives: Kind,
    *,
    weight: int = 2,
    since: tuple[int, int] = (3, 10),
    only_after: tuple[str, ...] = (),
    never_after: tuple[str, ...] = (),
    pool: Pool | None = None,
) -> Callable[[Make], Make]:
    """Enter a part under the name of its function; ``since`` is the first Python that can run it."""

    def enter(make: Make) -> Make:
        name = make.__name__
        if name in PARTS:
            raise ValueError(f"there are two parts {name!r}")
        group = make.__module__.rpartition(".")[2]
        if sys.version_info >= since:
            found = Part(name, group, takes, gives, make, weight, frozenset(only_after), frozenset(never_after), pool)
            PARTS[name] = found
        return make

    return enter


for _found in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
    importlib.import_module(f"{__name__}.{_found.name}")
