"""Run a program on a real Celery worker, send it tasks, and write down what is seen."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from celery import Celery
from kombu.exceptions import DecodeError

from proof import HANG, NOT_OK, NOT_STARTED, Seen, Send

HERE = Path(__file__).parent
LOG = "worker.log"
"""The file in a program's folder with what its worker prints and logs."""
PATIENCE = 60.0
"""Seconds after which what should come is given up. Never reached when all is well, however slow the machine."""
HANG_AFTER = 4.0
"""Seconds after its beginning at which a task that is expected to hang is said to hang."""
NOT_OK_AFTER = 12.0
"""The same for one that does some work first."""
_LIMITS = {HANG: HANG_AFTER, NOT_STARTED: HANG_AFTER, NOT_OK: NOT_OK_AFTER}


@dataclass(frozen=True, slots=True)
class Program:
    """A program in its folder, and the worker it runs on; ``environment`` leads it to the servers."""

    folder: Path
    environment: Mapping[str, str]
    pool: str | None
    concurrency: int
    app: str = "worker"

    def command(self) -> list[str]:
        pool = [] if self.pool is None else ["-P", self.pool]
        quiet = ["--without-mingle", "--without-gossip", "--without-heartbeat"]
        worker = ["-m", "celery", "-A", self.app, "worker", *pool, "-c", str(self.concurrency), "-l", "INFO", *quiet]
        return [sys.executable, str(HERE / "leash.py"), sys.executable, *worker]


class Outcome(NamedTuple):
    """What was seen: each process's calls in order, the log, and the open descriptors after each call by process."""

    calls: tuple[tuple[str, ...], ...]
    log: str
    descriptors: tuple[tuple[int, ...], ...]


def write_program(program: Program, text: str, modules: Sequence[str], broker: str) -> None:
    """Write ``tasks.py``, what completes it, and the settings of the worker and of the client into the folder."""
    folder = program.folder
    folder.mkdir()
    (folder / "tasks.py").write_text(text, encoding="utf-8")
    for name in (f"{program.app}.py", "probe.py", *modules):
        shutil.copy(HERE / "project" / name, folder / name)
    shutil.copy(HERE / "whole_messages.py", folder)
    imports = ["tasks", "probe", *(Path(name).stem for name in modules)]
    settings = _settings(folder, broker, program.environment) | {"imports": imports}
    (folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")


def _settings(folder: Path, broker: str, servers: Mapping[str, str]) -> dict[str, Any]:
    for name in ("queue", "control", "processed", "results"):
        (folder / name).mkdir()
    common = {"result_backend": f"file://{folder}/results", "broker_connection_retry_on_startup": True}
    if broker == "redis":
        # The proofs share one server, so each has a prefix of its own.
        options: dict[str, Any] = {"global_keyprefix": f"{folder}:"}
        return common | {"broker_url": f"redis+socket://{servers['REDIS_SOCKET']}", "broker_transport_options": options}
    options = {
        "data_folder_in": f"{folder}/queue",
        "data_folder_out": f"{folder}/queue",
        "control_folder": f"{folder}/control",
        "processed_folder": f"{folder}/processed",
        "store_processed": True,
        "polling_interval": 0.05,
    }
    transport = {"broker_url": "filesystem://", "broker_transport": "whole_messages:Transport"}
    return common | transport | {"broker_transport_options": options}


def lint(folder: Path, options: Sequence[str] = ()) -> set[str]:
    """The codes that ``flake8`` reports in the folder."""
    command = [sys.executable, "-m", "flake8", "--isolated", "--select=CAX", "--cax-project-root=.", *options, "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE)
    assert done.stderr == "", done.stderr
    return set(re.findall(r": (CAX\d\d) ", done.stdout))


def run(program: Program, sends: Sequence[Send], seen: Seen) -> Outcome:
    """Start the program's worker, send the tasks, wait for what must be seen, stop the worker."""
    with _worker(program) as log, _client(program) as client:
        called: dict[str, str] = {}
        expected = iter(seen.calls)
        for send, count in _steps(sends):
            part = NOT_OK if NOT_OK in seen.some else next(expected, "")
            answers = _wait(program, client, [client.send_task(send.task, send.args).id for _ in range(count)], part)
            called |= answers
            if part not in _LIMITS and not {HANG, NOT_STARTED}.isdisjoint(answers.values()):
                break  # What should come does not: the rest would only take as long.
        else:
            _wait_until(lambda: all(text in log.read_text("utf-8", "replace") for text in seen.log))
        return _outcome(program, called, log.read_text("utf-8", "replace"))


def after(program: Program, tasks: Sequence[str]) -> Outcome:
    """Return what was seen of some tasks, by their ids in order, when all is over."""
    with _client(program) as client:
        called = {task: _seen(program, client, task) for task in tasks}
    return _outcome(program, called, (program.folder / LOG).read_text("utf-8", "replace"))


def _steps(sends: Sequence[Send]) -> Iterator[tuple[Send, int]]:
    """The tasks to send with how many at once."""
    for send in sends:
        yield from [(send, send.times)] if send.together else [(send, 1)] * send.times


def differences(seen: Seen, outcome: Outcome) -> list[str]:
    """What was not seen as it must be."""
    wrong = []
    if max(map(len, outcome.calls), default=0) < len(seen.calls):
        wrong.append(f"no process had {len(seen.calls)} calls: {outcome.calls}")
    for calls in outcome.calls:
        if seen.calls and not all(_shows(call, part) for call, part in zip(calls, seen.calls)):
            wrong.append(f"calls of one process: must be {seen.calls}, was {calls}")
    calls_of_all = [call for calls in outcome.calls for call in calls]
    wrong += [
        f"{part!r} in no call of {calls_of_all}" for part in seen.some if not any(_shows(c, part) for c in calls_of_all)
    ]
    wrong += [f"{part!r} is not in the log" for part in seen.log if part not in outcome.log]
    wrong += [f"{part!r} is in the log" for part in seen.never_log if part in outcome.log]
    if seen.leaks is not None:
        wrong += [f"open descriptors were {counts}" for counts in outcome.descriptors if not _leaks(seen.leaks, counts)]
    return wrong


def shown(outcome: Outcome, length: int) -> list[str]:
    """The first calls of the process that had most of them, without what changes from run to run."""
    calls = max(outcome.calls, key=len, default=())
    return [_steady(call) for call in calls[:length]]


def _steady(text: str) -> str:
    """Shorten ``<Task pending name='Task-3' …>`` to ``<Task …>``, and numbers that are given out anew in each run."""
    line, before = text.splitlines()[0], ""
    while line != before:
        line, before = re.sub(r"<([\w.]+)[^<>]*>", "\0\\1 \u2026\1", line), line
    line = re.sub(r"\b(Dummy-|port=)\d+", "\\1\u2026", line)
    return line.replace("\0", "<").replace("\1", ">")


def _shows(call: str, part: str) -> bool:
    return not call.startswith("ok") if part == NOT_OK else part in call


def _leaks(leak: int, counts: tuple[int, ...]) -> bool:
    """Say whether the counts fit; the garbage collector may come by, so the largest one is what counts."""
    further = len(counts) - 1
    if further < 1:
        return True
    growth = max(counts) - counts[0]
    return growth >= 2 * leak if leak and further >= 2 else growth == leak * further


@contextmanager
def _worker(program: Program) -> Iterator[Path]:
    """Run the worker; gives the path of its log. At the end its whole process group is killed."""
    log = program.folder / LOG
    environment = {**os.environ, **program.environment}
    with log.open("wb") as output:
        process = subprocess.Popen(
            program.command(),
            cwd=program.folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        assert process.stdin
        try:
            yield log
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            process.stdin.close()


@contextmanager
def _client(program: Program) -> Iterator[Celery]:
    """A Celery app with the program's settings, to send and to read results; it imports nothing of the program."""
    settings = json.loads((program.folder / "settings.json").read_text("utf-8"))
    with Celery("client", set_as_current=False) as client:
        client.conf.update({name: value for name, value in settings.items() if name != "imports"})
        yield client


def _wait(program: Program, client: Celery, ids: Sequence[str], expected: str) -> dict[str, str]:
    """Wait for the tasks and say what was seen of each; those that are expected to hang get less time."""
    seen = {}
    for task in ids:
        if expected != NOT_STARTED:
            _wait_until(lambda task=task: _answer(client, task) or task in _events(program.folder, "began"))
        _wait_until(lambda task=task: _answer(client, task), _LIMITS.get(expected, PATIENCE))
        seen[task] = _seen(program, client, task)
    return seen


def _seen(program: Program, client: Celery, task: str) -> str:
    """What was seen of a task, which has had its time."""
    unanswered = HANG if task in _events(program.folder, "began") else NOT_STARTED
    return _answer(client, task) or unanswered


def _answer(client: Celery, task: str) -> str | None:
    """What the task has answered, ``None`` while it has not."""
    result = client.AsyncResult(task)
    try:
        state, value = result.state, result.result
    except DecodeError:
        return None  # The backend writes a file bit by bit: this one is not complete.
    if state == "SUCCESS":
        text = json.dumps(value)
        return "ok" if text == "null" else f"ok {text}"
    return f"{type(value).__name__}: {value}" if state == "FAILURE" else None


def _wait_until(condition: Any, limit: float = PATIENCE) -> None:
    end = time.monotonic() + limit
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)


class _Event(NamedTuple):
    pid: int
    descriptors: int


def _events(folder: Path, name: str) -> dict[str, _Event]:
    """What the probe has written of one event so far, by task, in order."""
    path = folder / "probe.jsonl"
    text = path.read_text("utf-8") if path.exists() else ""
    lines = [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]
    return {line["task"]: _Event(line["pid"], line["descriptors"]) for line in lines if line["event"] == name}


def _outcome(program: Program, called: Mapping[str, str], log: str) -> Outcome:
    began, ended = _events(program.folder, "began"), _events(program.folder, "ended")
    calls: dict[int, list[str]] = {}
    descriptors: dict[int, list[int]] = {}
    pid = 0
    for task, text in called.items():
        # A task that was not started waits behind the one before it.
        pid = began[task].pid if task in began else pid
        calls.setdefault(pid, []).append(text)
        if task in ended:
            descriptors.setdefault(pid, []).append(ended[task].descriptors)
    return Outcome(tuple(map(tuple, calls.values())), log, tuple(map(tuple, descriptors.values())))
