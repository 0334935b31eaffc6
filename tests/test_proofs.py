"""The proofs speak of every rule, and what the documentation shows was seen of the examples of today."""

from __future__ import annotations

import pytest

from catalogue import FOLKLORE, PROOFS
from flake8_celery_async.rules import all_rules
from proof import HANG, NOT_OK, Seen
from proven import data
from record import HERE, stated
from running import Outcome, differences, shown

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


def outcome(*calls: tuple[str, ...], log: str = "", descriptors: tuple[int, ...] = ()) -> Outcome:
    return Outcome(calls, log, (descriptors,))


@pytest.mark.parametrize(
    ("seen", "outcome"),
    [
        (Seen(("ok", "RuntimeError")), outcome(("ok", "ok"))),
        (Seen(("ok", "RuntimeError")), outcome(("ok",), ("ok", "ok"))),
        (Seen((HANG,)), outcome(("ok",))),
        (Seen(some=(NOT_OK,)), outcome(("ok 1",), ("ok 2",))),
        (Seen(some=("ok",)), outcome()),
        (Seen(("ok",), log=("connecting",)), outcome(("ok",))),
        (Seen(("ok",), never_log=("connecting",)), outcome(("ok",), log="connecting")),
        (Seen(("ok",), leaks=3), outcome(("ok",), descriptors=(10, 10, 10))),
        (Seen(("ok",), leaks=0), outcome(("ok",), descriptors=(10, 13, 10))),
    ],
)
def test_what_was_not_seen_is_said(seen: Seen, outcome: Outcome) -> None:
    assert len(differences(seen, outcome)) == 1


@pytest.mark.parametrize(
    ("seen", "outcome"),
    [
        (Seen(("ok", "RuntimeError")), outcome(("ok 7", "RuntimeError: Event loop is closed"), ("ok 7",))),
        (Seen(some=(NOT_OK,)), outcome((HANG,), ("ok",))),
        (Seen(("ok",), leaks=3), outcome(("ok",), descriptors=(10, 13, 16, 10))),
        (Seen(("ok",), leaks=0), outcome(("ok",), descriptors=(10, 10, 10))),
    ],
)
def test_what_was_seen_is_enough(seen: Seen, outcome: Outcome) -> None:
    assert differences(seen, outcome) == []


def test_what_changes_from_run_to_run_is_not_shown() -> None:
    text = "Task <Task pending name='Task-3' cb=[<f at 0x7f>]> got Future <Future pending> attached to a different loop"
    shortened = "Task <Task …> got Future <Future …> attached to a different loop"
    assert shown(outcome(("ok",), ("ok", text)), 2) == ["ok", shortened]
