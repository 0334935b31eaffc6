"""The proofs speak of every rule, and what the documentation shows was seen of the examples of today."""

from __future__ import annotations

import pytest

from catalogue import FOLKLORE, PROOFS
from flake8_celery_async.rules import all_rules
from proven import data
from record import HERE, stated

STALE = "tox -e proofs -- --record .proofs && python tests/proofs/record.py .proofs && python docs/generate.py"


def test_every_rule_has_a_proof() -> None:
    assert [proof.code for proof in PROOFS] == [rule.code for rule in all_rules()]


def test_every_proof_says_what_must_be_seen() -> None:
    for proof in PROOFS:
        assert proof.shows.endswith(".")
        for seen in (proof.example, proof.instead):
            assert seen.calls or seen.some


def test_every_program_of_the_folklore_runs() -> None:
    assert {path.stem for path in (HERE / "folklore").glob("*.py")} == {works.name for works in FOLKLORE}


@pytest.mark.parametrize("kind", ["rules", "folklore"])
def test_measured_is_of_the_examples_of_today(kind: str) -> None:
    marks = {name: entry["mark"] for name, entry in stated()[kind].items()}
    assert marks == {name: entry["mark"] for name, entry in data()[kind].items()}, f"run {STALE}"


def test_newest_run_has_seen_everything() -> None:
    newest = data()["matrix"][-1]
    assert newest["failed"] == {}
    assert newest["skipped"] == []
    assert newest["passed"] == sum(2 + len(proof.also) for proof in PROOFS) + len(FOLKLORE)
