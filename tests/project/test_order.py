"""The same files give the same findings in whatever order they are judged."""

from __future__ import annotations

import ast
import random
from pathlib import Path

import pytest

from flake8_celery_async.finding import Finding
from flake8_celery_async.linter import lint_file
from flake8_celery_async.options import parse
from flake8_celery_async.project.coroutines import MOST_VARIANTS
from flake8_celery_async.project.workspace import Workspace

CASES = sorted(Path(__file__).parent.parent.glob("rules/*/flagged_*/"))
FOLDERS = [folder for folder in CASES if folder.is_dir()][::9]

Findings = dict[Path, list[Finding]]


def judge(root: Path, files: list[Path]) -> Findings:
    """Return the findings of each file, judged in this order by one run without a cache."""
    workspace = Workspace(root, (), parse({"cax_cache_dir": "off", "cax_project_root": str(root)}, frozenset()))
    found: Findings = {}
    for file in files:
        text = file.read_text()
        found[file] = lint_file(ast.parse(text), text.splitlines(keepends=True), str(file), workspace)
    return found


def assert_same_in_any_order(root: Path) -> Findings:
    """Return the findings, which every order gives, and each file that is judged alone."""
    files = sorted(root.rglob("*.py"))
    expected = judge(root, files)
    orders = [files[::-1], *[random.Random(seed).sample(files, len(files)) for seed in range(3)]]
    for order in [*orders, *[[file] for file in files]]:
        assert judge(root, order) == {file: expected[file] for file in order}
    return expected


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_cases(folder: Path) -> None:
    assert any(assert_same_in_any_order(folder).values())


def test_functions_called_with_more_arguments_than_are_followed(tmp_path: Path) -> None:
    (tmp_path / "store.py").write_text(
        "def first(session):\n    return session.query(int).first()\n\n\n"
        "def either(session, again=None):\n    return again(session) if again else first(session)\n"
    )
    for number in range(MOST_VARIANTS + 4):
        made = "Session(engine)" if number % 2 else "sessionmaker(engine)()"
        (tmp_path / f"route_{number:02}.py").write_text(
            "from sqlalchemy.orm import Session, sessionmaker\n\n"
            "from db import engine\nfrom store import either, first\n\n\n"
            f"async def route():\n    session = {made}\n    either(session, first)\n    return first(session)\n"
        )
    found = [finding for findings in assert_same_in_any_order(tmp_path).values() for finding in findings]
    assert {finding.code for finding in found} == {"CAX16"}


def test_cycles_of_imports_calls_and_classes(tmp_path: Path) -> None:
    modules = ("a", "b", "c", "d")
    for name, other in zip(modules, (*modules[1:], modules[0])):
        (tmp_path / f"{name}.py").write_text(
            "import asyncio\n\nimport httpx\nfrom celery import shared_task\n\n"
            f"import {other}\nfrom {other} import Base as Other, client as theirs, make as make_other\n\n"
            "client = theirs or httpx.AsyncClient(timeout=5)\n\n\n"
            "class Base:\n    kept = None\n\n"
            f"    def get(self):\n        self.kept = self.kept or {other}.Base().get() or make(self)\n"
            "        return self.kept\n\n\n"
            "class Both(Base, Other):\n    pass\n\n\n"
            "def make(given=None):\n    found = make_other(given) if given else client\n"
            "    found = found or make(found)\n    return found\n\n\n"
            "async def fetch(given):\n    await make(given).get('/')\n    await Both().get().get('/')\n"
            "    await client.get('/')\n\n\n"
            f"@shared_task\ndef refresh_{name}():\n"
            f"    asyncio.run(fetch(make))\n    asyncio.run({other}.fetch(Both()))\n"
        )
    assert any(assert_same_in_any_order(tmp_path).values())
