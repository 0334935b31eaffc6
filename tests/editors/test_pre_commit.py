"""pre-commit: a few files of the project at a time, in several processes at once."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shared import TASKS, needs, write_service

HOOKS = """\
repos:
  - repo: local
    hooks:
      - id: flake8
        name: flake8
        entry: '"{python}" -m flake8'
        language: system
        types: [python]
"""
MORE = 9
"""Further modules with a task: pre-commit splits eight files and more between processes."""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The service as a git repository with a hook, and with more tasks."""
    needs("pre_commit")
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    write_service(tmp_path)
    for number in range(MORE):
        (tmp_path / "app" / f"tasks{number}.py").write_text(TASKS, encoding="utf-8")
    hooks = HOOKS.format(python=sys.executable)
    (tmp_path / ".pre-commit-config.yaml").write_text(hooks, encoding="utf-8")
    for arguments in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True, timeout=60)
    return tmp_path


def run(repository: Path, *arguments: str) -> list[str]:
    """Return the findings of ``pre-commit run``, in order of their places."""
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", *arguments, "--color=never"],
        cwd=repository,
        env={**os.environ, "PRE_COMMIT_HOME": str(repository / ".git" / "pre-commit")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    found = re.findall(r"^(\S+?:\d+):\d+: (CAX\d\d)", done.stdout, re.MULTILINE)
    return sorted([f"{place} {code}" for place, code in found])


def test_processes_at_once_see_the_whole_project(repository: Path) -> None:
    tasks = ["app/tasks.py", *[f"app/tasks{number}.py" for number in range(MORE)]]
    assert run(repository, "--all-files") == ["app/clients.py:3 CAX04", *[f"{name}:10 CAX03" for name in sorted(tasks)]]


def test_one_file_sees_the_other_half(repository: Path) -> None:
    assert run(repository, "--files", "app/clients.py") == ["app/clients.py:3 CAX04"]
