"""One world before the judge, and the smallest world that shows the same disagreement."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.worlds.execute import StandIn, put
from tests.worlds.judge import Demand, Disagreement, demanded, judged, reported
from tests.worlds.recipe import BASIC, Recipe, World, smaller, write
from tests.worlds.standin.events import Event

MOST_TRIES = 150
"""Smaller worlds that are tried for one disagreement."""


class Trial(NamedTuple):
    """A world, what happened in it, and how that differs from what is reported."""

    recipe: Recipe
    world: World
    events: list[Event]
    demanded: set[Demand]
    reported: set[Demand]

    @property
    def disagreements(self) -> list[Disagreement]:
        """The differences, in order of code and place."""
        found = [Disagreement("missing", *demand) for demand in self.demanded - self.reported]
        found += [Disagreement("wrong", *demand) for demand in self.reported - self.demanded]
        return sorted(found, key=lambda d: (d.code, d.place, d.direction))

    @property
    def kinds(self) -> list[Kind]:
        """The kinds of difference, each once."""
        return sorted({Kind(d.direction, d.code) for d in self.disagreements})


class Kind(NamedTuple):
    """What sort of difference it is, wherever it stands."""

    direction: str
    code: str


def judge(recipe: Recipe, stand_in: StandIn) -> Trial:
    """Execute and lint the world of a recipe; raises :exc:`~tests.worlds.execute.BrokenWorld`."""
    world = write(recipe)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        put(world, root)
        events = stand_in.observe(world, root)
        wanted = judged(demanded(events, world), events, world)
        said = judged(reported(world, root), events, world)
        return Trial(recipe, world, events, wanted, said)


def shrink(trial: Trial, kind: Kind, stand_in: StandIn) -> Trial:
    """Return the smallest world found that shows a kind of disagreement."""
    tries = 0
    while True:
        for candidate in smaller(trial.recipe):
            tries += 1
            if tries > MOST_TRIES:
                return trial
            found = judge(candidate, stand_in)
            if kind in found.kinds:
                trial = found
                break
        else:
            return trial


def class_of(kind: Kind, recipe: Recipe) -> str:
    """Return the name of a class: the direction, and the parts of its smallest world that say something.

    The code is left out: what is not followed is lost for each of them.
    """
    scenes = sorted(" ".join(sorted({step.part for step in scene} - BASIC)) for scene in recipe.scenes)
    return f"{kind.direction}: {' | '.join([scene for scene in scenes if scene])}"


def explains(known: str, kind: Kind, recipe: Recipe) -> bool:
    """Say whether a class that is known explains a disagreement: each of its scenes is part of one of the world's."""
    direction, _, parts = known.partition(": ")
    if direction != kind.direction:
        return False
    scenes = [{step.part for step in scene} for scene in recipe.scenes]
    for wanted in sorted((set(scene.split()) for scene in parts.split(" | ")), key=len, reverse=True):
        fitting = next((scene for scene in scenes if wanted <= scene), None)
        if fitting is None:
            return False
        scenes.remove(fitting)
    return True


def shown(trial: Trial) -> str:
    """Return a world as a person reads it: its parts, its files, what was observed and what is reported."""
    lines = [f"parts: {' > '.join([step.part for step in scene])}" for scene in trial.recipe.scenes]
    for path, text in trial.world.files.items():
        if text:
            lines += ["", f"--- {path}", *[f"{number:4} {line}" for number, line in enumerate(text.splitlines(), 1)]]
    lines += ["", "observed:", *[f"  {_event(event)}" for event in dict.fromkeys(trial.events) if event.kind != "ran"]]
    lines += ["differences:"]
    lines += [f"  {d.direction} {d.code} at {d.place.path}:{d.place.line}" for d in trial.disagreements]
    return "\n".join(lines)


def _event(event: Event) -> str:
    other = f" ({event.other.path}:{event.other.line})" if event.other.line else ""
    detail = f" {event.detail}" if event.detail else ""
    return f"{event.kind} at {event.place.path}:{event.place.line}{other}{detail}"
