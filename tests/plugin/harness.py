"""The real flake8 command, run in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SAMPLE = "from celery import shared_task\n\n@shared_task\nasync def f():\n    pass\n"
"""CAX01 at line 4, column 1; pycodestyle and pyflakes have nothing to say about it but E302."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of flake8 left behind."""

    status: int
    stdout: str
    stderr: str

    @property
    def found(self) -> list[str]:
        """The findings without their sentences: ``tasks.py:4:1: CAX01``."""
        return [" ".join(line.split(" ", 2)[:2]) for line in self.stdout.splitlines()]


@dataclass(frozen=True, slots=True)
class Flake8:
    """A folder with files, and the flake8 of this environment to run over it."""

    folder: Path

    def write(self, name: str, content: str | bytes = SAMPLE) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def __call__(self, *arguments: str, stdin: str | bytes = b"") -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "flake8", *arguments],
            cwd=self.folder,
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            env={**os.environ, "PYTHONUTF8": "1"},
            timeout=300,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())
