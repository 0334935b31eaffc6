"""What a world is made of, as data: drawn at random from a seed, and made smaller step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random
from typing import NamedTuple

from tests.worlds.parts import PARTS, Part, can_meet
from tests.worlds.writer import LEVELS, Kind, Ref, Worker, Writer

LONGEST = 20
"""Steps of one scene at most."""
MOST_SCENES = 4


class Step(NamedTuple):
    """One part of a scene."""

    part: str
    seed: int
    """Decides the names and the ways to import that the part draws."""
    hop: bool
    """Whether it stands in a module above that of the step inside."""


class Recipe(NamedTuple):
    """A world: its scenes, each a walk from nothing to something that a worker or a server runs, innermost first."""

    scenes: tuple[tuple[Step, ...], ...]

    def parts(self) -> list[str]:
        """Return the names of all parts, in order."""
        return [step.part for scene in self.scenes for step in scene]

    def spelled(self) -> list[str]:
        """Return the recipe as :func:`read` takes it: a text for each scene, ``asyncio_run:7+`` for each step."""
        return [" ".join([f"{s.part}:{s.seed}{'+' if s.hop else ''}" for s in scene]) for scene in self.scenes]


def read(scenes: Iterable[str]) -> Recipe:
    """Return the recipe that :meth:`Recipe.spelled` has written."""
    return Recipe(tuple([tuple([_step(step) for step in scene.split()]) for scene in scenes]))


def _step(spelled: str) -> Step:
    name, _, seed = spelled.partition(":")
    return Step(name, int(seed.rstrip("+")), seed.endswith("+"))


def draw(seed: int) -> Recipe:
    """Return the world of a seed.

    Each of its scenes goes through one part that the seed names, so that as many worlds as there are parts meet them
    all, however rarely a part is drawn.
    """
    random = Random(seed)
    scenes: list[tuple[Step, ...]] = []
    for wanted in _wanted(seed)[: random.choice(_SCENES)]:
        before = [PARTS[step.part] for scene in scenes for step in scene]
        if all(can_meet(wanted, part) for part in before):
            scenes.append(_scene_through(wanted, random, before))
    return Recipe(tuple(scenes))


_SCENES = (1, 1, 2, 2, 3, MOST_SCENES, MOST_SCENES)


def _wanted(seed: int) -> list[Part]:
    """Return the parts that the scenes of a world go through: the parts in turn, and each time with others."""
    parts = list(PARTS.values())
    turn, number = divmod(seed, len(parts))
    distances = Random(turn).sample(range(1, len(parts)), MOST_SCENES - 1)
    return [parts[(number + distance) % len(parts)] for distance in (0, *distances)]


def _scene_through(wanted: Part, random: Random, before: list[Part]) -> tuple[Step, ...]:
    while True:
        scene = _scene(wanted, random, before)
        if wanted.name in [step.part for step in scene]:
            return scene


def _scene(wanted: Part, random: Random, before: list[Part]) -> tuple[Step, ...]:
    steps: list[Step] = []
    kind: Kind = "nothing"
    # Most ways are short, some have twenty steps.
    longest = random.choice((3, 4, 5, 6, 7, 8, 10, 14, LONGEST))
    while kind != "root":
        inside = [step.part for step in steps]
        pooled = [part for part in (*before, *[PARTS[name] for name in inside], wanted) if part.pool]
        fitting = [part for part in PARTS.values() if part.takes == kind and fits(part, inside)]
        fitting = [part for part in fitting if all(can_meet(part, other) for other in pooled)]
        chosen = _choose(random, fitting, kind, len(steps) >= longest)
        if wanted in fitting and wanted.name not in inside and random.random() < 0.5:
            chosen = wanted
        steps.append(Step(chosen.name, random.randrange(1_000_000), random.random() < 0.35))
        kind = chosen.gives
    return tuple(steps)


_ONWARD: dict[Kind, tuple[Kind, ...]] = {
    "nothing": ("maker", "object", "coroutine", "function", "root"),
    "maker": ("object", "coroutine"),
    "object": ("coroutine",),
    "coroutine": ("function", "root"),
    "function": ("root",),
}
"""The kinds that bring a walk nearer to its end."""


def _choose(random: Random, fitting: list[Part], kind: Kind, hurry: bool) -> Part:
    if hurry:
        fitting = [part for part in fitting if part.gives in _ONWARD[kind]] or fitting
    return random.choices(fitting, [part.weight for part in fitting])[0]


def fits(part: Part, inside: list[str]) -> bool:
    """Say whether a part may follow the parts inside, innermost first."""
    if part.only_after and (not inside or inside[-1] not in part.only_after):
        return False
    return part.never_after.isdisjoint(inside)


_BEGINNINGS: dict[Kind, tuple[str, ...]] = {
    "coroutine": ("only_sleep", "sleep_on_the_loop"),
    "function": ("do_nothing",),
}
"""The plainest ways to begin, which say nothing of a disagreement."""
PLAINEST = ("httpx_client", "module_global", "use_kept", "asyncio_run", "shared_task")
"""The parts of the plainest world that a rule speaks of."""
BASIC = frozenset([*PLAINEST, *[name for names in _BEGINNINGS.values() for name in names]])
"""Parts that say nothing of a disagreement."""


class World(NamedTuple):
    """A world as it is executed and linted."""

    files: dict[str, str]
    """The texts by path."""
    workers: list[Worker]
    server: list[str]
    """The modules that a web server imports."""
    environment: list[str]
    """Variables that are set where the workers run."""


def write(recipe: Recipe) -> World:
    """Return the world of a recipe."""
    writer = Writer()
    app = writer.other("app/celery_app.py")
    app.need("from celery import Celery")
    app.body += ["celery_app = Celery('app', broker='memory://', backend='cache+memory://')"]
    for scene in recipe.scenes:
        ref = Ref("nothing", 0, "")
        level = 0
        for step in scene:
            level = min(max(level, ref.level) + step.hop, len(LEVELS) - 1)
            writer.begin(step.seed, level)
            ref = PARTS[step.part].make(writer, ref)
    return World(writer.files(), writer.workers, writer.server_modules, writer.environment)


_PLAIN_BEGINNINGS: dict[Kind, tuple[tuple[str, ...], ...]] = {
    "nothing": ((),),
    "maker": (("httpx_client",),),
    "object": (("httpx_client", "module_global"),),
    "coroutine": (
        ("only_sleep",),
        ("httpx_client", "module_global", "use_kept"),
        ("sleep_on_the_loop", "gather_twice"),
    ),
    "function": (
        ("do_nothing",),
        ("httpx_client", "module_global", "use_kept", "asyncio_run"),
        ("request_without_timeout",),
    ),
    "root": (),
}
_PLAIN_ENDS: dict[Kind, tuple[tuple[str, ...], ...]] = {
    "nothing": (),
    "maker": (("module_global", "use_kept", "asyncio_run", "shared_task"),),
    "object": (("use_kept", "asyncio_run", "shared_task"),),
    "coroutine": (("asyncio_run", "shared_task"), ("route",)),
    "function": (("shared_task",), ("call_in_a_coroutine", "route")),
    "root": ((),),
}


def plain(part: Part) -> Iterator[Recipe]:
    """Yield the plainest worlds that have a part: what goes wrong in one of them is the part's own affair."""
    for beginning in _PLAIN_BEGINNINGS[part.takes]:
        for end in _PLAIN_ENDS[part.gives]:
            scene = tuple([Step(name, 1, False) for name in (*beginning, part.name, *end)])
            if is_whole(scene):
                yield Recipe((scene,))


def smaller(recipe: Recipe) -> Iterator[Recipe]:
    """Yield worlds that are one move smaller, most daring first: without a scene or a step, with simpler steps."""
    scenes = recipe.scenes
    if len(scenes) > 1:
        for number in range(len(scenes)):
            yield Recipe((*scenes[:number], *scenes[number + 1 :]))
    for number, scene in enumerate(scenes):
        for changed in _smaller_scenes(scene):
            yield Recipe((*scenes[:number], changed, *scenes[number + 1 :]))


def _smaller_scenes(scene: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    for length in (8, 4, 2, 1):
        for start in range(len(scene) - length + 1):
            shorter = (*scene[:start], *scene[start + length :])
            if is_whole(shorter):
                yield shorter
    for position, step in enumerate(scene):
        for beginning in _BEGINNINGS.get(PARTS[step.part].gives, ()):
            if beginning in PARTS and (position or step.part != beginning):
                shorter = (Step(beginning, 1, False), *scene[position + 1 :])
                if is_whole(shorter):
                    yield shorter
    for position, step in enumerate(scene):
        if step.hop:
            yield (*scene[:position], step._replace(hop=False), *scene[position + 1 :])
    for position, step in enumerate(scene):
        part = PARTS[step.part]
        for simple in [PARTS[name] for name in PLAINEST]:
            if simple.name != part.name and (simple.takes, simple.gives) == (part.takes, part.gives):
                changed = (*scene[:position], step._replace(part=simple.name), *scene[position + 1 :])
                if is_whole(changed):
                    yield changed
    for position, step in enumerate(scene):
        if step.seed != 1:
            yield (*scene[:position], step._replace(seed=1), *scene[position + 1 :])


def is_whole(scene: tuple[Step, ...]) -> bool:
    """Say whether the steps make a walk from nothing to a root."""
    kind: Kind = "nothing"
    for position, step in enumerate(scene):
        part = PARTS.get(step.part)
        if part is None or part.takes != kind or not fits(part, [s.part for s in scene[:position]]):
            return False
        kind = part.gives
    return kind == "root"
