"""Worlds in the test command: fixed ones, and fresh ones of a seed that is printed."""

from __future__ import annotations

import itertools
import os
import sys
from collections import Counter
from random import SystemRandom

import pytest

from tests.worlds import known as knowledge
from tests.worlds.__main__ import FIXED, Report, examine, learn, of_seeds, possible_pairs
from tests.worlds.execute import stand_in
from tests.worlds.parts import PARTS
from tests.worlds.recipe import MOST_SCENES, crowd, draw, is_whole, read, smaller
from tests.worlds.trial import judge, shown

KNOWN = knowledge.read()
MOST_UNKNOWN = 0.25
"""The share of fresh worlds that may show a combination of parts of which no class is known yet."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork each world needs seconds for a process")


@pytest.mark.skipif(sys.version_info < (3, 11), reason="the fixed worlds have parts that Python 3.10 cannot run")
def test_fixed_worlds(first_world: int) -> None:
    seeds = range(first_world, first_world + 25)
    report = examine(of_seeds(seeds), KNOWN)
    learn(report, KNOWN)
    _agrees(report)
    for name, row in KNOWN.items():
        gone = {seed for seed in row.seeds if seed in seeds} - report.classes.get(name, set())
        assert not gone, f"the worlds {sorted(gone)} do not show {name!r} any more: run python -m tests.worlds --update"
    for name, found in report.classes.items():
        more = found - KNOWN[name].seeds
        assert not more, f"the worlds {sorted(more)} show {name!r}, which may only shrink"


def test_fresh_worlds(fresh_worlds: int) -> None:
    first = SystemRandom().randrange(FIXED, 10**9)
    print(f"seeds {first} to {first + fresh_worlds - 1}")
    report = examine(of_seeds(range(first, first + fresh_worlds)), KNOWN)
    if len(report.unknown) > fresh_worlds * MOST_UNKNOWN:
        learn(report, KNOWN)
    _agrees(report)


def _agrees(report: Report) -> None:
    assert not report.broken, "\n\n".join([f"seed {seed}: {error}" for seed, error in report.broken.items()])
    new = {name: f"seed {min(report.classes[name])}, {name}\n{shown(trial)}" for name, trial in report.smallest.items()}
    assert not new, "\n\n".join(new.values())


def test_known_classes_have_a_cause() -> None:
    assert all(row.cause for row in KNOWN.values()), [name for name, row in KNOWN.items() if not row.cause]


@pytest.mark.skipif(sys.version_info < (3, 11), reason="the fixed worlds have parts that Python 3.10 cannot run")
def test_known_classes_are_shown_by_their_smallest_worlds() -> None:
    with stand_in() as worker:
        gone = [name for name, row in KNOWN.items() if not knowledge.is_shown(name, row.world, worker)]
    assert not gone, f"these are mended: run python -m tests.worlds --update, {gone}"


def test_recipe_is_spelled_and_read() -> None:
    for seed in range(50):
        assert read(draw(seed).spelled()) == draw(seed)


def test_smaller_worlds_are_whole_and_smaller() -> None:
    for seed in range(50):
        recipe = draw(seed)
        for candidate in smaller(recipe):
            assert all(is_whole(scene) for scene in candidate.scenes)
            assert candidate != recipe


@pytest.mark.parametrize("seed", [0, 7, 97, 126, 245])
def test_worlds_happen_the_same_way_each_time(seed: int) -> None:
    with stand_in() as worker:
        assert judge(draw(seed), worker).events == judge(draw(seed), worker).events


def test_worlds_have_one_pool() -> None:
    for seed in range(100):
        assert len({PARTS[name].pool for name in draw(seed).parts()} - {None}) <= 1


def test_every_two_parts_of_different_groups_are_in_one_crowd() -> None:
    met: Counter[tuple[str, str]] = Counter()
    crowds = itertools.takewhile(lambda parts: met.total() < len(PARTS) ** 2, map(crowd, itertools.count()))
    for parts in crowds:
        pairs = list(itertools.combinations(sorted([part.name for part in parts]), 2))
        if any(met[pair] for pair in pairs):
            break  # the next round
        met.update(pairs)
    groups = len(PARTS) / MOST_SCENES
    assert len(met) > len(possible_pairs()) - MOST_SCENES * groups * groups


def test_fixed_worlds_meet_every_part() -> None:
    met = {name for seed in range(FIXED) for name in draw(seed).parts()}
    assert sorted(set(PARTS) - met) == []
