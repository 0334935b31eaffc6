"""No deployment file takes long to read, however it is written, and one that is not read to its end says so."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from flake8_celery_async.project.deployment.command import NOT_KNOWN
from flake8_celery_async.project.deployment.files import LARGEST, read
from flake8_celery_async.project.deployment.reading import TOO_DEEP, TOO_MUCH

SECONDS = 60
"""Of these files each took minutes, or for ever; now the slowest takes half a second."""

_CELERY = "celery -A shop worker -P solo"
_MAKE = f"A={'$(A1)' * 90}\n" + "".join([f"A{i}={f'$(A{i + 1})' * 90}\n" for i in range(1, 6)]) + "A6=x\n"
_MERGE = "".join([f"a{i}: &a{i}\n  <<: [{', '.join([f'*a{i - 1}'] * 90)}]\n  k{i}: 1\n" for i in range(1, 5)])

BOMBS = {
    "make variables": ("Makefile", f"{_MAKE}run:\n\t{_CELERY} $(A)\n"),
    "make variable of itself": ("Makefile", f"A={'$(A)' * 90}\nrun:\n\t{_CELERY} $(A)\n"),
    "merge keys": (
        "docker-compose.yml",
        f"a0: &a0\n  k0: 1\n{_MERGE}services:\n  w:\n    <<: [{', '.join(['*a4'] * 90)}]\n    command: {_CELERY}\n",
    ),
    "long variable in many commands": (
        "start.sh",
        f"OPTIONS='{'-E ' * 4000}'\n" + f"{_CELERY} $OPTIONS\n" * 1000,
    ),
    "shell variables of variables": (
        "start.sh",
        "A0=x\n" + "".join([f'A{i}="{f"$A{i - 1} " * 30}"\n' for i in range(1, 12)]) + f"{_CELERY} $A11\n",
    ),
    "Dockerfile pairs": ("Dockerfile", f"ENV {'a' * 200_000}\nCMD {_CELERY}\n"),
    "Dockerfile quotes": ("Dockerfile", f"ENV {'A=' * 80_000}\nCMD {_CELERY}\n"),
    "systemd pairs": ("celery.service", f"[Service]\nEnvironment={'a' * 200_000}\nExecStart={_CELERY}\n"),
    "compose references": (
        "docker-compose.yml",
        f"services:\n  w:\n    command: {_CELERY} {'${a' * 60_000}\n",
    ),
    "lists on one line": ("deploy.yml", f"run: {_CELERY}\nx: [{'[],' * 80_000}]\n"),
    "templates": ("docker-compose.yml", f"services:\n  w:\n    command: {_CELERY}\n{'{{}}' * 60_000}\n"),
    "open templates": ("Procfile", f"w: {_CELERY}\n{'{{' * 100_000}"),
}
TOKENS = (
    '"',
    "<",
    ")",
    "<<<",
    "$[",
    "{",
    "[",
    "{{",
    "$(",
    "`",
    "'",
    "- ",
    "? ",
    "*a ",
    "&a ",
    "!",
    ": ",
    "|",
    "<<",
    "$((",
)
for _token in TOKENS:
    for _name in ("start.sh", "docker-compose.yml", "Makefile", "Dockerfile"):
        BOMBS[f"{_name} {_token}"] = (_name, f"# celery\n{_token * (60_000 // len(_token))}\n")

_PROGRAM = """
import json, sys, time
from flake8_celery_async.project.deployment.files import read
took = {}
for name, (path, text) in json.load(sys.stdin).items():
    print(name, file=sys.stderr, flush=True)
    started = time.process_time()
    read(path, text)
    took[name] = time.process_time() - started
print(json.dumps(took))
"""


def test_no_file_takes_long() -> None:
    """All of them together, in a process that can be ended: a native grammar cannot be interrupted."""
    given = {name: (path, text[:LARGEST]) for name, (path, text) in BOMBS.items()}
    command = [sys.executable, "-c", _PROGRAM]
    done = subprocess.run(
        command, input=json.dumps(given), capture_output=True, text=True, timeout=SECONDS * 4, check=False
    )
    assert done.returncode == 0, f"at {done.stderr.splitlines()[-1]!r}: exit code {done.returncode}"
    slow = {name: seconds for name, seconds in json.loads(done.stdout).items() if seconds > 5}
    assert not slow


@pytest.mark.parametrize("name", ["merge keys", "long variable in many commands"])
def test_what_stands_before_the_bomb_is_read(name: str) -> None:
    path, text = BOMBS[name]
    assert read(path, text).commands or read(path, text).unread


def test_file_that_expands_too_far_says_so() -> None:
    script = f"A='{'x ' * 1900}'\n{_CELERY} -Q first\n" + "".join([f"{_CELERY} {'$A ' * 200}\n" for _ in range(40)])
    found = read("start.sh", script)
    assert [unread.reason for unread in found.unread] == [TOO_MUCH]
    assert found.unread[0].path == "start.sh"
    assert [command.queues for command in found.commands][:1] == [("first",)]


def test_file_of_one_line_says_what_may_be_too_much() -> None:
    """As programs write JSON. Nothing in it expands."""
    container = {"args": _CELERY.split(), "env": [{"name": "A", "value": "b"}]}
    found = read("deploy.yml", json.dumps({"containers": [container] * 600}, separators=(",", ":")))
    (unread,) = found.unread
    assert unread.reason.endswith("too much is on one line")


def test_file_that_nests_too_deep_says_so() -> None:
    chain = "".join([f"A{i}=$(A{i + 1})\n" for i in range(60)])
    found = read("Makefile", f"{chain}A60=solo\nrun:\n\tcelery -A shop worker -P $(A0)\n")
    assert [unread.reason for unread in found.unread] == [TOO_DEEP]


@pytest.mark.parametrize(("levels", "pool", "reasons"), [(35, "solo", []), (45, NOT_KNOWN, [TOO_DEEP])])
def test_environment_far_above_a_command(levels: int, pool: str, reasons: list[str]) -> None:
    around = "".join([f"{' ' * level}k{level}:\n" for level in range(levels)])
    command = f"{' ' * levels}command: celery -A shop worker -P $(POOL)\n"
    found = read("deploy.yml", f"env:\n  POOL: solo\n{around}{command}")
    assert [command.pool for command in found.commands] == [pool]
    assert [unread.reason for unread in found.unread] == reasons


def test_ordinary_file_is_read_to_its_end() -> None:
    assert read("Procfile", f"worker: {_CELERY}\n").unread == ()


BRACKETS = "a: [ {\n" * 200
"""More than may be open, where they open nothing."""


@pytest.mark.parametrize(
    "text",
    [
        "script: |\n" + "".join([f"  {line}\n" for line in BRACKETS.split("\n")]),
        "".join([f"# {line}\n" for line in BRACKETS.split("\n")]),
        f"note: '{' [ {' * 200}'\n",
        f"x: {'[' * 150}{']' * 150}\n",
        f"x: {{{', '.join([f'k{i}: v' for i in range(300)])}}}\n",
        f"x: '{json.dumps({f'k{i}': i for i in range(300)})}'\n",
    ],
    ids=["script", "comments", "quotes", "open brackets", "pairs on one line", "JSON in a string"],
)
def test_what_opens_no_level_hides_nothing(text: str) -> None:
    found = read("deploy.yml", f"{text}run: {_CELERY}\n")
    assert [command.pool for command in found.commands] == ["solo"]
    assert found.unread == ()


def test_long_line_is_read() -> None:
    """As programs write YAML: 300 jobs on one line."""
    jobs = {f"j{i}": {"run": f"{_CELERY} -Q q{i}"} for i in range(300)}
    found = read("deploy.yml", json.dumps(jobs))
    assert len(found.commands) == len(jobs)
    assert found.unread == ()
