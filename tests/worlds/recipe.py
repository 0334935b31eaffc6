"""What a world is made of, as data: drawn at random from a seed, and made smaller step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from random import Random
from types import MappingProxyType
from typing import Any, NamedTuple

from tests.worlds.parts import PARTS, Part, can_meet
from tests.worlds.writer import APP, LEVELS, Kind, Pool, Ref, Worker, Writer

LONGEST = 20
"""Steps of one scene at most."""
MOST_SCENES = 12
"""Scenes of a crowd, in which many parts meet."""
_SCENES = (MOST_SCENES, 1, 2, 1, 3, 2, 4)
"""Scenes of the worlds of seven seeds after another."""


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

    Each of its scenes goes through one part that the seed names, so that all parts and pairs of parts meet in time,
    however rarely they are drawn.
    """
    random = Random(seed)
    wanted: list[Part] = []
    for part in _wanted_parts(seed):
        if all(can_meet(part, other) for other in wanted):
            wanted.append(part)
    pool = next((part.pool for part in wanted if part.pool), None)
    scenes: list[tuple[Step, ...]] = []
    for part in wanted:
        scenes.append(_scene_through(part, random, pool))
        pool = pool or next((PARTS[step.part].pool for step in scenes[-1] if PARTS[step.part].pool), None)
    return Recipe(tuple(scenes))


def meeting(one: Part, other: Part, seed: int) -> Recipe:
    """Return a world of two scenes, in which two parts meet that can."""
    random = Random(seed)
    pool = one.pool or other.pool
    first = _scene_through(one, random, pool)
    pool = pool or next((PARTS[step.part].pool for step in first if PARTS[step.part].pool), None)
    return Recipe((first, _scene_through(other, random, pool)))


def _wanted_parts(seed: int) -> list[Part]:
    """Return the parts that the scenes of a world go through: in most worlds a few, in every seventh a crowd."""
    number, day = divmod(seed, len(_SCENES))
    if _SCENES[day] == MOST_SCENES:
        return crowd(number)
    # Those with a pool come first: beside others of their kind they may find no place.
    parts = sorted(PARTS.values(), key=lambda part: part.pool is None)
    turn, first = divmod(seed - number - 1, len(parts))
    others = Random(turn).sample(range(1, len(parts)), _SCENES[day] - 1)
    return [parts[(first + distance) % len(parts)] for distance in (0, *others)]


def crowd(number: int) -> list[Part]:
    """Return the parts of one crowd.

    They are dealt into as many groups as a crowd has scenes, each as large as a prime p. The crowds of one round, p²
    of them, have one part of each group, and every two parts of different groups in exactly one crowd (the lines of a
    plane over the field of p). For each round they are dealt anew.
    """
    parts = list(PARTS.values())
    size = _prime_from(max(MOST_SCENES, -(-len(parts) // MOST_SCENES)))
    turn, line = divmod(number, size * size)
    slope, height = divmod(line, size)
    Random(turn).shuffle(parts)
    places = [group * size + (slope * group + height) % size for group in range(MOST_SCENES)]
    return [parts[place] for place in places if place < len(parts)]


def _prime_from(least: int) -> int:
    """Return the smallest prime that is no less than a number above one."""
    return next(n for n in range(least, 2 * least) if all(n % divisor for divisor in range(2, n)))


def _scene_through(wanted: Part, random: Random, pool: Pool | None) -> tuple[Step, ...]:
    while True:
        scene = _scene(wanted, random, pool)
        if wanted.name in [step.part for step in scene]:
            return scene


def _scene(wanted: Part, random: Random, pool: Pool | None) -> tuple[Step, ...]:
    steps: list[Step] = []
    kind: Kind = "nothing"
    # Most ways are short, some have twenty steps.
    longest = random.choice((3, 4, 5, 6, 7, 8, 10, 14, LONGEST))
    while kind != "root":
        inside = [step.part for step in steps]
        fitting = [part for part in _taking(kind, pool or wanted.pool) if fits(part, inside)]
        chosen = _choose(random, fitting, kind, len(steps) >= longest)
        if wanted in fitting and wanted.name not in inside and random.random() < 0.5:
            chosen = wanted
        steps.append(Step(chosen.name, random.randrange(1_000_000), random.random() < 0.35))
        pool = pool or chosen.pool
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


@cache
def _taking(kind: Kind, pool: Pool | None) -> tuple[Part, ...]:
    """Return the parts that start from a kind and go with a pool."""
    return tuple([p for p in PARTS.values() if p.takes == kind and (p.pool is None or pool in (None, p.pool))])


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


class Sent(NamedTuple):
    """One task that is sent."""

    task: str
    arguments: tuple[Any, ...] = ()


class World(NamedTuple):
    """A world as it is executed and linted."""

    files: dict[str, str]
    """The texts by path."""
    workers: list[Worker]
    server: list[str]
    """The modules that a web server imports."""
    environment: dict[str, str]
    """Variables that are set where the workers run."""
    sends: tuple[Sent, ...] = ()
    """The tasks that are sent, in order; when there are none, each task is sent some times without arguments."""
    concurrency: int = 2
    """How many threads the threads pool has, one or two."""
    scenes: Mapping[tuple[str, int], int] = MappingProxyType({})
    """Which scene has written a line of a file, by its path and number."""


def write(recipe: Recipe) -> World:
    """Return the world of a recipe."""
    writer = Writer()
    app = writer.other("app/celery_app.py")
    app.need("from celery import Celery")
    app.body += [""]
    for number, scene in enumerate(recipe.scenes):
        writer.begin_scene(number)
        ref = Ref("nothing", 0, "")
        level = 0
        for step in scene:
            level = min(max(level, ref.level) + step.hop, len(LEVELS) - 1)
            writer.begin(step.seed, level)
            ref = PARTS[step.part].make(writer, ref)
    included = [name for worker in writer.workers if worker.app == APP for name in worker.modules]
    include = f", include={list(dict.fromkeys(included))}" if included else ""
    app.body[0] = f"celery_app = Celery('app', broker='memory://', backend='cache+memory://'{include})"
    files, scenes = writer.files(), writer.scenes()
    return World(files, writer.workers, writer.server_modules, writer.environment, scenes=scenes)


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
    if len(scenes) > 2:
        for scene in scenes:
            yield Recipe((scene,))
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
