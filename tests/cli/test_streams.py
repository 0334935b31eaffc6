"""``flake8-celery-async`` where its output goes nowhere, is full, or takes few characters."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

COMMAND = str(Path(sysconfig.get_path("scripts")) / "flake8-celery-async")
POSIX = pytest.mark.skipif(os.name == "nt", reason="a POSIX shell closes the streams")
FULL = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
TASKS = """\
from celery import Celery

app = Celery("shop", task_default_queue="mail\\x1b[31m\\nred")


@app.task(queue="漢字\\x07")
def send():
    pass
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A project with an app, and with a worker for its queues."""
    (tmp_path / "setup.cfg").touch()
    (tmp_path / "app.py").write_text(TASKS, encoding="utf-8")
    (tmp_path / "Procfile").write_text("worker: celery -A app worker -Q 'a\x1b[31mb,漢字'\n", encoding="utf-8")
    return tmp_path


def shell(folder: Path, words: str) -> tuple[int, str, str]:
    """Run the command with what a shell makes of the words; the exit code is the command's own."""
    done = subprocess.run(["sh", "-c", f'"{COMMAND}" {words}'], cwd=folder, capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout, done.stderr


@POSIX
@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("rule CAX03 >&-", 0),
        ("pools >&-", 0),
        ("--help >&-", 0),
        ("rule CAX03 >&- 2>&- <&-", 0),
        ("rule CAX99 2>&-", 2),
        ("rule CAX99 >&- 2>&-", 2),
        ("no-such-command 2>&-", 2),
        ("why app.py:4 >&-", 1),
    ],
)
def test_closed_streams(shop: Path, words: str, status: int) -> None:
    assert shell(shop, words) == (status, "", "")


@POSIX
@FULL
def test_full_disk(shop: Path) -> None:
    sentence = "flake8-celery-async: the answer cannot be written: No space left on device\n"
    assert shell(shop, "rule CAX03 >/dev/full") == (2, "", sentence)
    assert shell(shop, "pools >/dev/full") == (2, "", sentence)
    assert shell(shop, "rule CAX03 >/dev/full 2>/dev/full") == (2, "", "")
    assert shell(shop, "rule CAX99 2>/dev/full") == (2, "", "")


@POSIX
@pytest.mark.parametrize("arguments", [("rule", "CAX03"), ("pools",), ("--help",)])
def test_nobody_listens(shop: Path, arguments: tuple[str, ...]) -> None:
    """As behind ``| head -1``, when head has ended."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([COMMAND, *arguments], cwd=shop, stdout=writing, stderr=subprocess.PIPE, timeout=300)
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 141 or arguments == ("--help",)


def _run(folder: Path, encoding: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    return subprocess.run([COMMAND, *arguments], cwd=folder, capture_output=True, env=environment, timeout=300)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_names_of_queues(shop: Path, encoding: str) -> None:
    done = _run(shop, encoding, "pools")
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode(encoding)
    assert r"a\x1b[31mb" in text
    assert ("漢字" in text) == (encoding == "utf-8")
    assert all(line.isprintable() for line in text.splitlines())


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_json_is_whole_in_any_encoding(shop: Path, encoding: str) -> None:
    arguments = ("rule", "CAX03", "--output-format", "json")
    assert json.loads(_run(shop, encoding, *arguments).stdout) == json.loads(_run(shop, "utf-8", *arguments).stdout)


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="needs a file system that takes such names")
@pytest.mark.parametrize("name", ["\x1b[31mred.py", "two\nlines.py", "\udcff.py"], ids=ascii)
def test_why_of_an_odd_name(shop: Path, name: str) -> None:
    (shop / name).write_text("from celery import shared_task\n\n\n@shared_task\nasync def f():\n    pass\n")
    done = _run(shop, "utf-8", "why", f"{name}:5")
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert text.startswith(ascii(name)[1:-1] + ":5:1: CAX01")
    assert all(line.isprintable() for line in text.split("\n"))


def test_form_feed_is_no_line_end(shop: Path) -> None:
    (shop / "a.py").write_text("'\x0c'\nfrom celery import shared_task\n@shared_task\nasync def f(): pass\n")
    assert _run(shop, "utf-8", "why", "a.py:4").returncode == 0
    assert _run(shop, "utf-8", "why", "a.py:5").returncode == 2


def test_interrupt(shop: Path) -> None:
    code = (
        "import sys\nfrom flake8_celery_async import cli\n"
        "def stop(code):\n    raise KeyboardInterrupt\ncli.markdown = stop\nsys.exit(cli.main(['rule', 'CAX03']))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=shop, capture_output=True, timeout=300)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
