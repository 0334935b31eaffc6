"""Executes worlds in the stand-in worker, which is one process that forks another for each world."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.worlds.recipe import World
from tests.worlds.standin.events import Event, Place

ROOT = Path(__file__).parents[2]


class BrokenWorld(Exception):
    """A world that does not run: a part has a mistake, which is no matter of the linter."""


class StandIn:
    """The stand-in worker."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
        command = [sys.executable, "-m", "tests.worlds.standin"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, env=environment, text=True)

    def observe(self, world: World, folder: Path) -> list[Event]:
        """Run the worker and the server of a world whose files are in a folder; raises :exc:`BrokenWorld`."""
        found: list[Event] = []
        for number, worker in enumerate(world.workers, 1):
            asked: dict[str, object] = {"worker": worker.modules, "pool": worker.pool, "app": worker.app}
            asked |= {"sends": world.sends, "concurrency": world.concurrency}
            asked |= {"root": str(folder), "server": [], "environment": world.environment}
            found += [_of_worker(number, event) for event in self._ask(asked)]
        if world.server:
            asked = {"worker": [], "server": world.server, "pool": ""}
            found += self._ask({**asked, "root": str(folder), "environment": {}})
        return found

    def _ask(self, asked: Mapping[str, object]) -> list[Event]:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            raise BrokenWorld(f"{answer['error']}\n{answer['trace']}")
        return [Event(kind, Place(*place), Place(*other), detail) for kind, place, other, detail in answer["events"]]

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def _of_worker(number: int, event: Event) -> Event:
    """Return an event with the number of its worker: each worker counts its loops from one."""
    return event._replace(detail=f"worker {number} {event.detail}") if event.kind == "bridge" else event


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """Give a stand-in worker, and end it."""
    made = StandIn()
    try:
        yield made
    finally:
        made.close()


def put(world: World, folder: Path) -> None:
    """Write the files of a world into an empty folder."""
    for path, text in world.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
