"""The programs of the proofs as worlds: the code of a rule's page, run by the stand-in instead of a real worker.

Programs, what is sent to them and how their results are read are the proofs' own (``tests/proofs``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, cast

from catalogue import PROOFS
from flake8_celery_async.pages import code_block
from flake8_celery_async.rules import all_rules
from proof import Proof, Seen
from proven import data
from running import Outcome, Program, after, write_program
from tests.worlds.execute import StandIn
from tests.worlds.judge import Demand, demanded, reported
from tests.worlds.recipe import Sent, World
from tests.worlds.standin.events import task_id
from tests.worlds.writer import Pool, Worker

SERVERS = {"HTTP_URL": "http://127.0.0.1", "RATES_URL": "http://127.0.0.1/slow", "REDIS_SOCKET": "redis.sock"}
"""The addresses of servers that the stubs pretend."""

NOT_SENT = {
    "cost.compare": "it measures what a loop costs, and loops that are traced cost something else",
}
"""Tasks of the proofs that the stand-in is not sent, and why. All else of the pages is executed."""


class Execution(NamedTuple):
    """One run of the code of a rule's page."""

    code: str
    name: str
    """The heading of the code; for the Example under another pool the pool."""

    @property
    def heading(self) -> str:
        """The heading of the code."""
        return "Use instead" if self.name == "Use instead" else "Example"

    @property
    def proof(self) -> Proof:
        """The proof of the rule."""
        return next(proof for proof in PROOFS if proof.code == self.code)

    @property
    def text(self) -> str:
        """The code."""
        return code_block(_PAGES[self.code], self.heading)

    @property
    def pool(self) -> str | None:
        """The worker's pool, as the proof has it."""
        return self.proof.pool if self.name in ("Example", "Use instead") else self.name

    @property
    def seen(self) -> Seen:
        """What must be seen of it on a real worker, as far as it is sent to the stand-in."""
        others = {under.pool: under.seen for under in self.proof.also}
        seen = self.proof.instead if self.name == "Use instead" else others.get(self.name) or self.proof.example
        return replace(seen, calls=tuple(self._of_sent(seen.calls)))

    @property
    def measured(self) -> list[str]:
        """What ``docs/measured.json`` says was seen of each call, as far as it is sent to the stand-in."""
        entry = data()["rules"][self.code]
        names = {"Example": entry["example"]["calls"], "Use instead": entry["instead"]["calls"], **entry["also"]}
        return self._of_sent(names[self.name])

    @property
    def sends(self) -> list[Sent]:
        """The tasks that are sent, one by one."""
        return [sent for sent in self._all_sends() if sent.task not in NOT_SENT]

    def _all_sends(self) -> Iterator[Sent]:
        for send in self.proof.send:
            arguments = [each.format(**SERVERS) if isinstance(each, str) else each for each in send.args]
            yield from [Sent(send.task, tuple(arguments))] * send.times

    def _of_sent(self, calls: Sequence[str]) -> list[str]:
        return [call for call, sent in zip(calls, self._all_sends()) if sent.task not in NOT_SENT]


_PAGES = {rule.code: rule.page for rule in all_rules()}


def executions() -> list[Execution]:
    """Return what there is to execute: what the proofs do."""
    return [
        Execution(proof.code, name)
        for proof in PROOFS
        for name in ("Example", "Use instead", *[under.pool for under in proof.also])
    ]


class Executed(NamedTuple):
    """What came of an execution."""

    outcome: Outcome
    """What was seen, as of a real worker."""
    demanded: set[Demand]
    reported: set[Demand]


def execute(execution: Execution, folder: Path, stand_in: StandIn) -> Executed:
    """Run a program of the proofs in a folder that is not there yet."""
    proof = execution.proof
    program = Program(folder, SERVERS, execution.pool, proof.concurrency, proof.app)
    write_program(program, execution.text, proof.modules, "filesystem")
    _pretend_other_process(folder)
    world = _world(execution, folder)
    events = stand_in.observe(world, folder)
    outcome = after(program, [task_id(number) for number in range(len(world.sends))])
    return Executed(outcome, demanded(events, world), reported(world, folder))


def _world(execution: Execution, folder: Path) -> World:
    proof = execution.proof
    files = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.py")}
    imports = json.loads((folder / "settings.json").read_text(encoding="utf-8"))["imports"]
    worker = Worker(f"{proof.app}:app", imports, cast("Pool", execution.pool or "settings"))
    return World(files, [worker], [], SERVERS, tuple(execution.sends), proof.concurrency)


def _pretend_other_process(folder: Path) -> None:
    """Leave the file for which ``orders.py`` waits: the stand-in is one of the worker's two processes."""
    (folder / "here-other").touch()
