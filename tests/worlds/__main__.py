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
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.worlds import known as knowledge
from tests.worlds.execute import BrokenWorld, stand_in
from tests.worlds.known import Known
from tests.worlds.parts import PARTS, can_meet
from tests.worlds.recipe import Recipe, draw
from tests.worlds.trial import Trial, judge, shown

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
        self.broken |= other.broken


def examine(seeds: Iterable[int], known: dict[str, Known], deadline: float = float("inf")) -> Report:
    """Execute and lint the worlds of some seeds, until a time (of :func:`time.monotonic`) is reached."""
    report = Report()
    known = dict(known)
    with stand_in() as worker:
        for seed in seeds:
            if time.monotonic() > deadline:
                break
            recipe = draw(seed)
            try:
                trial = judge(recipe, worker)
                report.worlds += 1
                _count(report, recipe)
                report.right.update([demand.code for demand in trial.demanded & trial.reported])
                for disagreement in trial.disagreements:
                    getattr(report, disagreement.direction)[disagreement.code] += 1
                for kind in trial.kinds:
                    name, smallest = knowledge.class_for(trial, kind, known, worker)
                    report.classes.setdefault(name, set()).add(seed)
                    if smallest is not None:
                        report.smallest.setdefault(name, smallest)
                        known.setdefault(name, Known("", smallest.recipe))
            except BrokenWorld as error:
                report.broken[seed] = str(error)
    return report


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
    for seed, error in sorted(report.broken.items())[:5]:
        lines += ["", f"the world of seed {seed} does not run: {error}"]
    for name, trial in sorted(report.smallest.items()):
        lines += ["", f"=== {name}", shown(trial)]
    return "\n".join(lines)


def main() -> int:
    """Run and print; the exit code is 1 when a class is not known or a world does not run."""
    parser = argparse.ArgumentParser(prog="python -m tests.worlds", description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=FIXED)
    parser.add_argument("--jobs", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--update", action="store_true", help="write the classes of the fixed worlds to the data file")
    parser.add_argument("--learn", action="store_true", help="add the new classes of a long run to the data file")
    parser.add_argument("--show", type=int, metavar="SEED", help="print one world with what happens in it")
    chosen = parser.parse_args()
    known = knowledge.read()
    if chosen.show is not None:
        with stand_in() as worker:
            trial = judge(draw(chosen.show), worker)
            print(shown(trial))
            for kind in trial.kinds:
                name, smallest = knowledge.class_for(trial, kind, {}, worker)
                print(f"\n=== {name}\n{shown(smallest)}" if smallest else name)
        return 0
    if chosen.update:
        with stand_in() as worker:
            known = knowledge.still_shown(known, worker)
        while True:  # a class that is new to one process may be the better name for what another has met
            report = _together([(range(n, FIXED, chosen.jobs), known) for n in range(chosen.jobs)])
            if not report.smallest:
                break
            known |= {name: Known("", trial.recipe) for name, trial in report.smallest.items()}
        knowledge.save({n: row._replace(seeds=frozenset(report.classes.get(n, ()))) for n, row in known.items()})
    else:
        deadline = time.monotonic() + 60 * chosen.minutes
        first = chosen.seed
        seeds = [range(first + n, sys.maxsize, chosen.jobs) for n in range(chosen.jobs)]
        report = _together([(each, known, deadline) for each in seeds])
        if chosen.learn:
            knowledge.save(known | {name: Known(NOT_READ, t.recipe) for name, t in report.smallest.items()})
    print(text(report, known))
    return int(bool(report.smallest or report.broken))


def _together(jobs: list[tuple[object, ...]]) -> Report:
    report = Report()
    with multiprocessing.Pool(len(jobs)) as pool:
        for found in pool.starmap(examine, jobs):
            report.add(found)
    return report


if __name__ == "__main__":
    sys.exit(main())
