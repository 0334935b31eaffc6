"""The disagreements that are known: by class, with their cause, the smallest world that shows each, and fixed ones.

``known.json`` may only shrink. A class that is not in it fails the tests, and so does a world in it that agrees now.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.worlds.execute import StandIn
from tests.worlds.parts import PARTS
from tests.worlds.recipe import Recipe, is_whole, plain
from tests.worlds.recipe import read as read_recipe
from tests.worlds.trial import Kind, class_of, explains, judge

FILE = Path(__file__).with_name("known.json")


class Known(NamedTuple):
    """One class of disagreements."""

    cause: str
    """Why the linter says something else than what happens."""
    world: Recipe
    """The smallest world that shows it."""
    seeds: frozenset[int] = frozenset()
    """The fixed worlds that show it."""


def read() -> dict[str, Known]:
    """Return the known classes by name."""
    content = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    return {
        name: Known(row["cause"], read_recipe(row["world"]), frozenset(row["seeds"])) for name, row in content.items()
    }


def save(known: Mapping[str, Known]) -> None:
    """Write the classes, in order of their names."""
    rows = [
        f"{json.dumps(name)}: {{\n"
        f' "cause": {json.dumps(row.cause)},\n "world": {json.dumps(row.world.spelled())},\n'
        f' "seeds": {json.dumps(sorted(row.seeds))}\n}}'
        for name, row in sorted(known.items())
    ]
    FILE.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


def is_shown(name: str, world: Recipe, stand_in: StandIn) -> bool:
    """Say whether a world still shows a class of disagreements."""
    if not all(is_whole(scene) for scene in world.scenes):
        return False  # a part is gone
    return any(class_of(kind, world) == name for kind in judge(world, stand_in).kinds)


def of_single_parts(stand_in: StandIn) -> dict[str, Recipe]:
    """Return the classes that the plainest world of each part shows, each with that world."""
    found: dict[str, Recipe] = {}
    for part in PARTS.values():
        for recipe in plain(part):
            for kind in judge(recipe, stand_in).kinds:
                if not any(explains(name, kind, recipe) for name in found):
                    found[class_of(kind, recipe)] = recipe
    return found


def still_shown(known: Mapping[str, Known], stand_in: StandIn) -> dict[str, Known]:
    """Return the classes that are shown as before, then those of single parts; causes are kept, fixed worlds are not.

    Of two classes of which one explains the other, the simpler one is enough.
    """
    worlds = {name: row.world for name, row in known.items() if is_shown(name, row.world, stand_in)}
    singles = of_single_parts(stand_in)
    worlds = singles | {name: world for name, world in worlds.items() if not _is_explained(name, world, singles)}
    return {name: Known(known[name].cause if name in known else "", world) for name, world in worlds.items()}


def _is_explained(name: str, world: Recipe, others: Mapping[str, Recipe]) -> bool:
    direction = name.partition(":")[0]
    return any(other != name and explains(other, Kind(direction, ""), world) for other in others)


def class_for(kind: Kind, recipe: Recipe, known: Iterable[str]) -> str | None:
    """Return the known class that a disagreement of a world is of, the one with most parts where several fit."""
    fitting = [name for name in known if explains(name, kind, recipe)]
    return max(fitting, key=lambda name: (len(name.split()), name), default=None)
