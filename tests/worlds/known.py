"""The disagreements that are known: by class, with their cause and the fixed worlds that show them.

``known.json`` may only shrink. A class that is not in it fails the tests, and so does a world in it that agrees now.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from tests.worlds.execute import StandIn
from tests.worlds.parts import PARTS
from tests.worlds.recipe import plain
from tests.worlds.trial import Kind, Trial, class_of, explains, judge, shrink

FILE = Path(__file__).with_name("known.json")


class Known(NamedTuple):
    """One class of disagreements."""

    cause: str
    """Why the linter says something else than what happens."""
    seeds: frozenset[int]
    """The fixed worlds that show it."""


def read() -> dict[str, Known]:
    """Return the known classes by name."""
    content = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    return {name: Known(row["cause"], frozenset(row["seeds"])) for name, row in content.items()}


def save(known: dict[str, Known]) -> None:
    """Write the classes, in order of their names."""
    content = {name: {"cause": row.cause, "seeds": sorted(row.seeds)} for name, row in sorted(known.items())}
    FILE.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def of_single_parts(stand_in: StandIn, known: dict[str, Known]) -> dict[str, Known]:
    """Return the classes that the plainest world of each part shows; known ones keep their cause."""
    found: dict[str, Known] = {}
    for part in PARTS.values():
        for recipe in plain(part):
            trial = judge(recipe, stand_in)
            for kind in trial.kinds:
                if not any(explains(name, kind, recipe) for name in found):
                    name = class_of(kind, recipe)
                    found[name] = Known(known[name].cause if name in known else "", frozenset())
    return found


def class_for(trial: Trial, kind: Kind, known: dict[str, Known], stand_in: StandIn) -> tuple[str, Trial | None]:
    """Return the class of a disagreement, and the smallest world that shows it where the class was not known."""
    fitting = [name for name in known if explains(name, kind, trial.recipe)]
    if fitting:
        return max(fitting, key=lambda name: (len(name.split()), name)), None
    smallest = shrink(trial, kind, stand_in)
    return class_of(kind, smallest.recipe), smallest
