"""Run every proof. Not a part of the normal tests: ``tox -e proofs`` names this file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from catalogue import PROOFS
from flake8_celery_async.pages import code_block
from flake8_celery_async.rules import all_rules
from proof import Proof, Seen, Send
from running import Program, differences, lint, run, write_program

RULES = {rule.code: rule for rule in all_rules()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shop"


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.code)
@pytest.mark.parametrize("heading", ["Example", "Use instead"])
def test_proof(proof: Proof, heading: str, folder: Path, servers: Mapping[str, str]) -> None:
    rule = RULES[proof.code]
    is_example = heading == "Example"
    program = Program(folder, servers, proof.pool, proof.concurrency, proof.app)
    write_program(program, code_block(rule.page, heading), proof.modules, proof.broker)
    options = [f"--cax-enable={proof.code}"] if rule.opt_in else []
    assert lint(folder, options) == ({proof.code} if is_example else set())
    seen = proof.example if is_example else proof.instead
    outcome = run(program, [_filled(send, servers) for send in proof.send], seen)
    wrong = differences(seen, outcome)
    assert not wrong, "\n".join([*wrong, "the log:", outcome.log])


def _filled(send: Send, servers: Mapping[str, str]) -> Send:
    args = tuple(arg.format(**servers) if isinstance(arg, str) else arg for arg in send.args)
    return Send(send.task, args, send.times, send.together)
