"""The judge is judged: the stand-in does with the code of the pages what a real worker was measured to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_celery_async.rules import all_rules
from running import differences, shown
from tests.worlds.execute import StandIn, stand_in
from tests.worlds.pages import NOT_SENT, Execution, execute, executions

EXECUTIONS = executions()

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork each world needs seconds for a process")


@pytest.fixture(scope="module")
def worker() -> Iterator[StandIn]:
    with stand_in() as made:
        yield made


@needs_fork
@pytest.mark.parametrize("execution", EXECUTIONS, ids=lambda execution: f"{execution.code}-{execution.name}")
def test_page(execution: Execution, worker: StandIn, tmp_path: Path) -> None:
    if "asyncio.Runner" in execution.text and sys.version_info < (3, 11):
        pytest.skip("asyncio.Runner needs Python 3.11")
    outcome, demanded, reported = execute(execution, tmp_path.resolve() / "shop", worker)
    assert differences(execution.seen, outcome) == []
    assert [_kind(call) for call in shown(outcome, len(execution.seen.calls))] == [_kind(c) for c in execution.measured]
    fails = execution.code in {demand.code for demand in demanded}
    assert fails == (execution.heading == "Example"), (
        "what was observed must demand the page's code of its Example only"
    )
    if execution.name == execution.heading:  # under another pool there is more to say, of which the files know nothing
        assert demanded <= reported


def _kind(call: str) -> str:
    """Return how a call ended: its result, or the type of what it raised, whose words differ between versions."""
    return call if call.startswith("ok") else call.partition(":")[0]


def test_every_page_is_executed() -> None:
    executed = {(execution.code, execution.heading) for execution in EXECUTIONS if execution.sends}
    assert executed == {(rule.code, heading) for rule in all_rules() for heading in ("Example", "Use instead")}


@pytest.mark.parametrize("task", NOT_SENT)
def test_what_is_not_sent_is_there(task: str) -> None:
    assert task in {send.task for execution in EXECUTIONS for send in execution.proof.send}
    pytest.skip(f"{task}: {NOT_SENT[task]}")
