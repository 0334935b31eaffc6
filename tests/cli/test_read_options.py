"""``why`` and ``pools`` read what flake8 reads."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

COMMAND = str(Path(sysconfig.get_path("scripts")) / "flake8-celery-async")
PYPROJECT = pytest.mark.skipif(importlib.util.find_spec("flake8p") is None, reason="Flake8-pyproject is not installed")
BY_OPTION = "no app in sight\n└─ the rules go by: cax-pool = {}, whatever the files say\n"


def run(folder: Path, *command: str) -> tuple[int, str, str]:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"}, timeout=300
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a task whose bridge fails under gevent."""
    (tmp_path / "setup.cfg").write_text("[flake8]\ncax-pool = solo\n")
    (tmp_path / "other.cfg").write_text("[flake8]\ncax-pool = gevent\n")
    (tmp_path / "tasks.py").write_text(
        "import asyncio\nfrom celery import shared_task\n\n\nasync def g():\n    pass\n\n\n"
        "@shared_task\ndef f():\n    asyncio.run(g())\n"
    )
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "pool"),
    [
        ([], "solo"),
        (["--config=other.cfg"], "gevent"),
        (["--config", "other.cfg"], "gevent"),
        (["--append-config=other.cfg"], "gevent"),
        (["--isolated"], None),
        (["--isolated", "--cax-pool", "gevent"], "gevent"),
        (["--cax-pool=gevent"], "gevent"),
        (["--project-root", ".", "--cax-pool=gevent"], "gevent"),
    ],
    ids=str,
)
def test_options_of_flake8(project: Path, arguments: list[str], pool: str | None) -> None:
    status, text, error = run(project, COMMAND, "pools", *arguments)
    assert (status, error) == (0 if pool else 1, "")
    assert pool is None or text == BY_OPTION.format(pool)
    findings = run(project, sys.executable, "-m", "flake8", "--select=CAX", *_of_flake8(arguments), "tasks.py")[1]
    for where in (["tasks.py:11", *arguments], [*arguments, "tasks.py:11"]):
        status, text, error = run(project, COMMAND, "why", *where)
        assert (status, error) == (0, "")
        assert [line for line in text.splitlines() if line.startswith("tasks.py")] == findings.splitlines()
    assert ("CAX20" in findings) == (pool == "gevent")


def _of_flake8(arguments: list[str]) -> list[str]:
    return [a for a in arguments if a not in ("--project-root", ".")]


@pytest.mark.parametrize("value", ["gevent  # x", "gevent ; x", "preforked", "gevent\n    # ours\n    solo"])
def test_both_doors_refuse_the_same(project: Path, value: str) -> None:
    (project / "setup.cfg").write_text(f"[flake8]\ncax-pool = {value}\n")
    status, text, _ = run(project, sys.executable, "-m", "flake8", "tasks.py")
    asked = run(project, COMMAND, "pools")
    if "critical" in text:
        assert status == 1
        assert asked == (2, "", f"{text.splitlines()[1]}\n")
    else:
        assert asked == (0, BY_OPTION.format("solo, gevent"), "")


def test_exclude_counts(project: Path) -> None:
    status, _, error = run(project, COMMAND, "why", "tasks.py:11", "--exclude=tasks.py")
    assert (status, "tasks.py is left out of the project" in error) == (2, True)


@PYPROJECT
def test_pyproject(project: Path) -> None:
    (project / "setup.cfg").unlink()
    (project / "pyproject.toml").write_text('[tool.flake8]\ncax-pool = ["gevent", "solo"]\n')
    assert run(project, COMMAND, "pools") == (0, BY_OPTION.format("solo, gevent"), "")
    (project / "pyproject.toml").write_text("[tool.flake8]\ncax-cache-dir = false\n")
    assert run(project, COMMAND, "why", "tasks.py:11")[::2] == (0, "")
    assert not (project / "False").exists()


@PYPROJECT
@pytest.mark.parametrize(
    "line", ['cax-pool = "preforked"', "cax-pool = 3", "cax-cache-dir = true", "cax-bridges = ['run']"]
)
def test_pyproject_is_refused_by_both(project: Path, line: str) -> None:
    (project / "setup.cfg").unlink()
    (project / "pyproject.toml").write_text(f"[tool.flake8]\n{line}\n")
    status, text, _ = run(project, sys.executable, "-m", "flake8", "tasks.py")
    assert status == 1
    assert run(project, COMMAND, "pools") == (2, "", f"{text.splitlines()[1]}\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a folder that a process is in")
def test_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    assert run(gone, "sh", "-c", f'rmdir "{gone}"; exec "{COMMAND}" pools') == (
        2,
        "",
        "flake8-celery-async: flake8 cannot read its options: [Errno 2] No such file or directory\n",
    )
