"""``python -m tests.worlds --minutes N --seed S``: many worlds before the judge, and a report.

The report has the worlds, the agreement by code, the parts and pairs of parts that never occurred, and the
disagreements by class with one smallest world for each class that is not known. ``--update`` writes the classes of the
fixed worlds to the data file; ``--show SEED`` prints one world.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.worlds import known as knowledge
from tests.worlds.execute import BrokenWorld, stand_in
from tests.worlds.known import Known
from tests.worlds.parts import PARTS, can_meet
from tests.worlds.recipe import Recipe, draw, meeting
from tests.worlds.trial import Kind, Trial, class_of, judge, shown, shrink

NOT_READ = "met in a long run; its cause was not read yet"
MOST_NAMED = 20
"""Parts, and pairs of parts, that never met and are named."""
FIXED = 300
"""The worlds with the seeds 0 to 299, which every run of the tests executes."""


@dataclass
class Report:
    """What a run found; reports of several processes are added up."""

    worlds: int = 0
    right: Counter[str] = field(default_factory=Counter)
    """By code: findings that were observed and are reported."""
    missing: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    parts: Counter[str] = field(default_factory=Counter)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    classes: dict[str, set[int]] = field(default_factory=dict)
    """The seeds that show each class of disagreements."""
    unknown: dict[int, tuple[Recipe, list[Kind]]] = field(default_factory=dict)
    """The worlds, by seed, that disagree in a way which no known class explains."""
    smallest: dict[str, Trial] = field(default_factory=dict)
    """A smallest world of each class that is not known."""
    broken: dict[int, str] = field(default_factory=dict)

    def add(self, other: Report) -> None:
        """Add what another process found."""
        self.worlds += other.worlds
        for name in ("right", "missing", "wrong", "parts"):
            getattr(self, name).update(getattr(other, name))
        self.pairs |= other.pairs
        for name, seeds in other.classes.items():
            self.classes.setdefault(name, set()).update(seeds)
        self.smallest = other.smallest | self.smallest
        self.unknown |= other.unknown
        self.broken |= other.broken

    def show(self, name: str, seed: int) -> None:
        """Note that the world of a seed shows a class."""
        self.classes.setdefault(name, set()).add(seed)


def examine(worlds: Iterable[tuple[int, Recipe]], known: Mapping[str, Known], deadline: float = float("inf")) -> Report:
    """Execute and lint some worlds, each with its seed, until a time (of :func:`time.monotonic`) is reached."""
    report = Report()
    with stand_in() as worker:
        for seed, recipe in worlds:
            if time.monotonic() > deadline:
                break
            try:
                trial = judge(recipe, worker)
            except BrokenWorld as error:
                report.broken[seed] = str(error)
                continue
            report.worlds += 1
            _count(report, recipe)
            report.right.update([demand.code for demand in trial.demanded & trial.reported])
            for disagreement in trial.disagreements:
                getattr(report, disagreement.direction)[disagreement.code] += 1
            for kind in trial.kinds:
                name = knowledge.class_for(kind, recipe, known)
                if name is not None:
                    report.show(name, seed)
                else:
                    report.unknown.setdefault(seed, (recipe, []))[1].append(kind)
    return report


def of_seeds(seeds: Iterable[int]) -> Iterator[tuple[int, Recipe]]:
    """Yield the worlds of some seeds, each with its seed."""
    return ((seed, draw(seed)) for seed in seeds)


def learn(report: Report, known: Mapping[str, Known], deadline: float = float("inf")) -> None:
    """Shrink what is unknown in a report, world by world, until a time is reached; the classes found explain others."""
    known = dict(known)
    with stand_in() as worker:
        for seed, (recipe, kinds) in sorted(report.unknown.items()):
            for kind in list(kinds):
                if time.monotonic() > deadline:
                    return
                name = knowledge.class_for(kind, recipe, known)
                if name is None:
                    smallest = shrink(judge(recipe, worker), kind, worker)
                    name = class_of(kind, smallest.recipe)
                    report.smallest.setdefault(name, smallest)
                    known.setdefault(name, Known("", smallest.recipe))
                report.show(name, seed)
                kinds.remove(kind)
            if not kinds:
                del report.unknown[seed]


def possible_pairs() -> set[tuple[str, str]]:
    """Return the pairs of parts that can occur in one world, each in order of their names."""
    pairs = itertools.combinations(sorted(PARTS), 2)
    return {(one, other) for one, other in pairs if can_meet(PARTS[one], PARTS[other])}


def _count(report: Report, recipe: Recipe) -> None:
    names = sorted(set(recipe.parts()))
    report.parts.update(names)
    report.pairs.update(itertools.combinations(names, 2))


def text(report: Report, known: dict[str, Known]) -> str:
    """Return the report as people read it."""
    lines = [f"{report.worlds} worlds, {sum(report.right.values())} findings observed and reported", ""]
    lines += [f"{'code':<7}{'right':>8}{'missing':>9}{'wrong':>7}{'agreement':>11}"]
    for code in sorted({*report.right, *report.missing, *report.wrong}):
        right, missing, wrong = report.right[code], report.missing[code], report.wrong[code]
        lines.append(f"{code:<7}{right:>8}{missing:>9}{wrong:>7}{right / (right + missing + wrong):>10.2%}")
    never = sorted(set(PARTS) - set(report.parts))
    lines += ["", f"parts: {len(PARTS)}, never met: {', '.join(never[:MOST_NAMED]) or 'none'}"]
    lines += [f"  and {len(never) - MOST_NAMED} more"] if len(never) > MOST_NAMED else []
    possible = possible_pairs()
    apart = sorted(possible - report.pairs)
    lines += [f"pairs of parts: {len(report.pairs)} of {len(possible)} met"]
    lines += [f"  never met: {one} and {other}" for one, other in apart[:MOST_NAMED]]
    lines += [f"  and {len(apart) - MOST_NAMED} more"] if len(apart) > MOST_NAMED else []
    lines += ["", "disagreements by class:"]
    for name, seeds in sorted(report.classes.items(), key=lambda item: (-len(item[1]), item[0])):
        new = "" if name in known else "  NEW"
        lines.append(f"{len(seeds):>6}  {name}  (seed {min(seeds)}){new}")
    if report.unknown:
        lines += [f"{len(report.unknown):>6}  worlds show something of no known class that was not shrunk: "]
        lines[-1] += ", ".join([str(seed) for seed in sorted(report.unknown)[:MOST_NAMED]])
    for seed, error in sorted(report.broken.items())[:5]:
        lines += ["", f"the world of seed {seed} does not run: {error}"]
    for name, trial in sorted(report.smallest.items()):
        lines += ["", f"=== {name}", shown(trial)]
    return "\n".join(lines)


def main() -> int:
    """Run and print; the exit code is 1 when a class is not known or a world does not run."""
    parser = argparse.ArgumentParser(prog="python -m tests.worlds", description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=1.0, help="how long to execute worlds")
    parser.add_argument("--worlds", type=int, default=sys.maxsize, help="how many worlds to execute at most")
    parser.add_argument("--seed", type=int, default=FIXED)
    parser.add_argument("--jobs", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--every-pair", action="store_true", help="then execute a world for each pair that never met")
    parser.add_argument("--shrink-minutes", type=float, default=1.0, help="how long to shrink what is not known")
    parser.add_argument("--update", action="store_true", help="write the classes of the fixed worlds to the data file")
    parser.add_argument("--learn", action="store_true", help="add the new classes of a long run to the data file")
    parser.add_argument("--show", type=int, metavar="SEED", help="print one world with what happens in it")
    chosen = parser.parse_args()
    known = knowledge.read()
    if chosen.show is not None:
        _show(chosen.show)
        return 0
    if chosen.update:
        with stand_in() as worker:
            known = knowledge.still_shown(known, worker)
        while True:  # a class that is new to one process may be the better name for what another has met
            report = _together(_dealt(list(of_seeds(range(FIXED))), chosen.jobs), known)
            learn(report, known)
            if not report.smallest:
                break
            known |= {name: Known("", trial.recipe) for name, trial in report.smallest.items()}
        knowledge.save({n: row._replace(seeds=frozenset(report.classes.get(n, ()))) for n, row in known.items()})
    else:
        deadline = time.monotonic() + 60 * chosen.minutes
        seeds = [range(chosen.seed + n, chosen.seed + chosen.worlds, chosen.jobs) for n in range(chosen.jobs)]
        report = _together([_Seeds(each) for each in seeds], known, deadline)
        if chosen.every_pair:
            apart = enumerate(sorted(possible_pairs() - report.pairs), 1)
            worlds = [(-number, meeting(PARTS[one], PARTS[other], number)) for number, (one, other) in apart]
            report.add(_together(_dealt(worlds, chosen.jobs), known))
        learn(report, known, time.monotonic() + 60 * chosen.shrink_minutes)
        if chosen.learn:
            knowledge.save(known | {name: Known(NOT_READ, t.recipe) for name, t in report.smallest.items()})
    print(text(report, known))
    return int(bool(report.smallest or report.unknown or report.broken))


def _show(seed: int) -> None:
    """Print the world of a seed, and the smallest worlds that show what it shows."""
    with stand_in() as worker:
        trial = judge(draw(seed), worker)
        print(shown(trial))
        for kind in trial.kinds:
            smallest = shrink(trial, kind, worker)
            print(f"\n=== {class_of(kind, smallest.recipe)}\n{shown(smallest)}")


@dataclass(frozen=True, slots=True)
class _Seeds:
    """The worlds of some seeds; they are drawn in the process that executes them."""

    seeds: range

    def __iter__(self) -> Iterator[tuple[int, Recipe]]:
        return of_seeds(self.seeds)


def _dealt(worlds: Sequence[tuple[int, Recipe]], jobs: int) -> list[Sequence[tuple[int, Recipe]]]:
    return [worlds[number::jobs] for number in range(jobs)]


def _together(
    dealt: Sequence[Iterable[tuple[int, Recipe]]], known: Mapping[str, Known], deadline: float = float("inf")
) -> Report:
    report = Report()
    with multiprocessing.Pool(len(dealt)) as pool:
        for found in pool.starmap(examine, [(worlds, known, deadline) for worlds in dealt]):
            report.add(found)
    return report


if __name__ == "__main__":
    sys.exit(main())
