"""Run every proof. Not a part of the normal tests: ``tox -e proofs`` names this file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from catalogue import FOLKLORE, PROOFS
from flake8_celery_async.pages import code_block
from flake8_celery_async.rules import all_rules
from proof import Proof, Seen, Send, Under, Works
from running import Outcome, Program, differences, lint, run, shown, write_program

HERE = Path(__file__).parent
RULES = {rule.code: rule for rule in all_rules()}


@pytest.mark.parametrize("heading", ["Example", "Use instead"])
@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.code)
def test_page(
    proof: Proof,
    heading: str,
    tmp_path: Path,
    servers: Mapping[str, str],
    record_property: Callable[[str, object], None],
) -> None:
    rule = RULES[proof.code]
    text = code_block(rule.page, heading)
    _needs(text)
    program = Program(tmp_path / "shop", servers, proof.pool, proof.concurrency, proof.app)
    write_program(program, text, proof.modules, proof.broker)
    options = [f"--cax-enable={proof.code}"] if rule.opt_in else []
    assert lint(program.folder, options) == ({proof.code} if heading == "Example" else set())
    seen = proof.example if heading == "Example" else proof.instead
    outcome = run(program, [_filled(send, servers) for send in proof.send], seen)
    record_property("seen", shown(outcome, len(seen.calls)))
    _compare(seen, outcome)


@pytest.mark.parametrize(
    ("proof", "under"),
    [pytest.param(proof, under, id=f"{proof.code}-{under.pool}") for proof in PROOFS for under in proof.also],
)
def test_other_pool(
    proof: Proof,
    under: Under,
    tmp_path: Path,
    servers: Mapping[str, str],
    record_property: Callable[[str, object], None],
) -> None:
    text = code_block(RULES[proof.code].page, "Example")
    _needs(text)
    program = Program(tmp_path / "shop", servers, under.pool, proof.concurrency, proof.app)
    write_program(program, text, proof.modules, proof.broker)
    assert proof.code in lint(program.folder, [f"--cax-pool={under.pool}"])
    seen = under.seen or proof.example
    outcome = run(program, [_filled(send, servers) for send in proof.send], seen)
    record_property("seen", shown(outcome, len(seen.calls)))
    _compare(seen, outcome)


@pytest.mark.parametrize("works", FOLKLORE, ids=lambda works: works.name)
def test_folklore(
    works: Works, tmp_path: Path, servers: Mapping[str, str], record_property: Callable[[str, object], None]
) -> None:
    text = (HERE / "folklore" / f"{works.name}.py").read_text(encoding="utf-8")
    program = Program(tmp_path / "shop", servers, works.pool, works.concurrency)
    write_program(program, text, (), "filesystem")
    assert lint(program.folder, works.options) == set()
    outcome = run(program, [_filled(send, servers) for send in works.send], works.seen)
    record_property("seen", shown(outcome, len(works.seen.calls)))
    _compare(works.seen, outcome)


def _needs(text: str) -> None:
    if "asyncio.Runner" in text and sys.version_info < (3, 11):
        pytest.skip("asyncio.Runner needs Python 3.11")


def _compare(seen: Seen, outcome: Outcome) -> None:
    wrong = differences(seen, outcome)
    assert not wrong, "\n".join([*wrong, "the log:", outcome.log])


def _filled(send: Send, servers: Mapping[str, str]) -> Send:
    args = tuple(arg.format(**servers) if isinstance(arg, str) else arg for arg in send.args)
    return Send(send.task, args, send.times, send.together)
