"""The work of judging one file grows like its text: a file twice as long takes little more than twice the calls."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

import pytest

from benchmarks.growth import code, deployment, project
from benchmarks.growth.judging import laid_out
from benchmarks.growth.shape import SHAPES, Files

SMALLEST = 25
FACTOR = 2.4
"""What a doubling may cost at most, in calls of Python functions, which are the same in every run."""


NOT_YET = frozenset({"passed_objects"})
"""Shapes that still grow faster: N objects that are each handed to N functions make N² functions that know theirs."""
_MODULES = (code, deployment, project)
"""Imported because each enters its shapes."""


@pytest.mark.parametrize("name", sorted({*SHAPES} - NOT_YET))
def test_work_doubles_with_the_size(name: str, tmp_path: Path) -> None:
    smallest, make = SHAPES[name]
    _calls(make(1), tmp_path / "first")  # what is imported and compiled once is not counted
    costs = [_calls(make(min(smallest, SMALLEST) << doubling), tmp_path / str(doubling)) for doubling in range(3)]
    assert costs[1] <= FACTOR * costs[0], costs
    assert costs[2] <= FACTOR * costs[1], costs


def test_long_chain_of_aliases_is_asked_from_its_beginning(tmp_path: Path) -> None:
    """Asked in another order, each alias takes as many steps as are taken at once: only a longer chain shows it."""
    _, make = SHAPES["aliases"]
    shorter, longer = (_calls(make(size), tmp_path / str(size)) for size in (100, 400))
    assert longer <= FACTOR**2 * shorter, (shorter, longer)


def _calls(files: Files, root: Path) -> int:
    """Return how many calls judging every file of a project makes."""
    judge = laid_out(files, root)
    count = 0

    def called(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        judge()
    finally:
        sys.setprofile(before)
    return count
