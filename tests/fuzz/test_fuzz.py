"""Random input never breaks the plugin: programs, projects, deployment files and damaged caches.

From the same seed everything is the same on every machine with the same Python; ``--fuzz-minutes N`` goes on from
fresh seeds, which the summary names. What breaks is made small, kept in ``found/`` and tried by every later run.
"""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random, SystemRandom

import pytest

import programs
from damage import damages
from deployment_files import deployment_files
from inputs import FOUND, Input, Kind, from_json, keep
from judge import Failure
from minimise import minimise
from watchdog import SECONDS, Watchdog

GENERATED = 21
"""Programs that a seed takes from hypothesmith: the slowest part, a tenth of a second each."""
COUNTS = {Kind.PROGRAM: 25, Kind.PROJECT: 25, Kind.DEPLOYMENT: 25, Kind.CACHE: 25}
"""Inputs of each kind that a seed stands for."""
_POOLS = ((), (), ("prefork",), ("solo",), ("threads",), ("gevent",), ("custom",), ("prefork", "gevent"))
Record = Callable[[str, object], None]


@pytest.fixture
def watchdog() -> Iterator[Watchdog]:
    watchdog = Watchdog()
    yield watchdog
    watchdog.stop()


@pytest.mark.parametrize("path", sorted(FOUND.glob("*.json")), ids=lambda path: path.stem)
def test_found(path: Path, watchdog: Watchdog) -> None:
    failure = watchdog.judge(from_json(path.read_text("utf-8")))
    assert failure is None, f"{failure.what}\n{failure.detail}"


def test_seed(fuzz_seed: int, watchdog: Watchdog, record_property: Record) -> None:
    trial = Trial(watchdog)
    trial.run(fuzz_seed)
    trial.report(record_property)


def test_fresh_seeds(fuzz_minutes: float, watchdog: Watchdog, record_property: Record) -> None:
    trial = Trial(watchdog)
    end = time.monotonic() + 60 * fuzz_minutes
    while time.monotonic() < end:
        seed = SystemRandom().randrange(1_000, 10**9)
        record_property("fuzz seed", seed)
        trial.run(seed, end)
    trial.report(record_property)


class Trial:
    """What was tried with a watchdog, and what broke, each class of failures once."""

    def __init__(self, watchdog: Watchdog) -> None:
        self._watchdog = watchdog
        self._tried: Counter[Kind] = Counter()
        self._failures: dict[str, str] = {}

    def run(self, seed: int, end: float = float("inf")) -> None:
        """Try all inputs of a seed; ``end`` is the monotonic time to stop at."""
        for given in inputs_of(seed):
            if time.monotonic() > end:
                break
            self._tried[given.kind] += 1
            failure = self._watchdog.judge(given)
            if failure is not None and failure.what not in self._failures:
                path = keep(self._smaller(given, failure), failure.what)
                self._failures[failure.what] = f"seed {seed}: {failure.what}, kept as {path}\n{failure.detail}"

    def report(self, record: Record) -> None:
        """Tell the summary what was tried, and fail with what broke."""
        record("fuzz tried", {kind.value: count for kind, count in self._tried.items()})
        assert not self._failures, "\n\n".join(self._failures.values())

    def _smaller(self, given: Input, failure: Failure) -> Input:
        seconds = 5 if failure.what == "no end" else SECONDS

        def fails(smaller: Input) -> bool:
            again = self._watchdog.judge(smaller, seconds)
            return again is not None and again.what == failure.what

        return minimise(given, fails)


def inputs_of(seed: int) -> Iterator[Input]:
    """Yield the inputs that a seed stands for."""
    random = Random(seed)
    made = programs.generated(seed, GENERATED)
    stock = programs.cases()._replace(generated=made)
    for _ in range(COUNTS[Kind.PROGRAM]):
        yield Input(Kind.PROGRAM, programs.program(random, stock), random.choice(_POOLS))
    for _ in range(COUNTS[Kind.PROJECT]):
        yield Input(Kind.PROJECT, programs.project(random, stock), random.choice(_POOLS))
    for _ in range(COUNTS[Kind.DEPLOYMENT]):
        group = random.choice(stock.groups)
        yield Input(Kind.DEPLOYMENT, {**group, **deployment_files(random)})
    groups = itertools.cycle(random.sample(stock.groups, 8))
    for group in itertools.islice(groups, COUNTS[Kind.CACHE]):
        yield Input(Kind.CACHE, group, (), damages(random))
