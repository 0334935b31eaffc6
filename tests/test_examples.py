"""The example service: the linter shows every defect that its table promises, and nothing in the mended copy."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

EXAMPLES = Path(__file__).parent.parent / "examples"


class Place(NamedTuple):
    """Where a finding stands, relative to the service's folder, and its code."""

    path: str
    line: int
    code: str


def lint(folder: str) -> list[Place]:
    """The findings of ``flake8 --select=CAX`` in a folder of the examples."""
    command = [sys.executable, "-m", "flake8", "--isolated", "--select=CAX", "."]
    done = subprocess.run(command, cwd=EXAMPLES / folder, capture_output=True, text=True, timeout=300)
    assert done.stderr == ""
    found = re.findall(r"^\./(.+?):(\d+):\d+: (CAX\d\d) ", done.stdout, re.MULTILINE)
    assert len(found) == len(done.stdout.splitlines())
    return [Place(path, int(line), code) for path, line, code in found]


def promised() -> list[Place]:
    """The rows of the table in ``examples/README.md``: ``| shop/app/api.py:62 | CAX11 | ...``."""
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| shop/(\S+?):(\d+) \| (CAX\d\d) \|", text, re.MULTILINE)
    return [Place(path, int(line), code) for path, line, code in rows]


def test_shop_shows_exactly_what_the_table_promises() -> None:
    assert sorted(lint("shop")) == sorted(promised())


def test_table_covers_the_catalogue() -> None:
    assert len(promised()) >= 12
    assert len({place.code for place in promised()}) >= 10


def test_fixed_shop_has_no_finding() -> None:
    assert lint("shop_fixed") == []
