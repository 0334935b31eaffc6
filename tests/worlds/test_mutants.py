"""The judge is judged: a defect that is planted in the linter shows as a disagreement."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.worlds.execute import StandIn, stand_in
from tests.worlds.mutants import MUTANTS, Mutant, planted, recipe_of
from tests.worlds.recipe import is_whole
from tests.worlds.trial import judge

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork each world needs seconds for a process")


@pytest.fixture(scope="module")
def worker() -> Iterator[StandIn]:
    with stand_in() as made:
        yield made


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_mutant_is_caught(mutant: Mutant, worker: StandIn) -> None:
    recipe = recipe_of(mutant.caught_by)
    assert all(is_whole(scene) for scene in recipe.scenes)
    assert judge(recipe, worker).disagreements == []
    with planted(mutant):
        assert judge(recipe, worker).disagreements != []
    assert judge(recipe, worker).disagreements == []
