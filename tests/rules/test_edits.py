"""What an editor holds is judged as if it were saved, whatever earlier runs have left to start from."""

from __future__ import annotations

import ast
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from expectations import Case, read_case, read_project
from flake8_celery_async import linter
from flake8_celery_async.finding import Finding
from flake8_celery_async.options import OFF
from flake8_celery_async.project.workspace import Workspace

HERE = Path(__file__).parent
CASES = sorted(path for path in HERE.glob("cax*/flagged_*"))


def moved(text: str) -> str:
    """Put a comment or an empty line wherever a line of code may have one before it."""
    made = []
    starts = {node.lineno for node in ast.walk(ast.parse(text)) if isinstance(node, ast.stmt)}
    for number, line in enumerate(io.StringIO(text), 1):
        if number in starts:
            made.append("# a comment\n" if number % 2 else "\n")
        made.append(line)
    return "".join(made)


def changed(text: str) -> str:
    """Add a function of no interest in front of everything, so that more than lines changes."""
    first = next((node.lineno for node in ast.parse(text).body if not _opens(node)), 1)
    lines = list(io.StringIO(text))
    return "".join([*lines[: first - 1], "def added():\n    return len([])\n\n\n", *lines[first - 1 :]])


def _opens(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) or (isinstance(node, ast.ImportFrom) and node.module == "__future__")


def write(folder: Path, cases: Sequence[Case]) -> Workspace:
    for case in cases:
        (folder / case.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / case.path).write_text(case.text, encoding="utf-8")
    return workspace(folder, cases)


def workspace(folder: Path, cases: Sequence[Case], cache: str = OFF) -> Workspace:
    return Workspace(folder, (), replace(cases[0].options, project_root=str(folder), cache_dir=cache))


def lint(text: str, path: str, workspace: Workspace) -> list[Finding]:
    lines = list(io.StringIO(text))
    return linter.lint_file(ast.parse(text), lines, str(workspace.root / path), workspace)


@pytest.mark.parametrize("edit", [moved, changed])
@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_buffer_is_judged_as_if_saved(tmp_path: Path, case: Path, edit: Callable[[str], str]) -> None:
    cases = read_project(case) if case.is_dir() else [read_case(case.read_text("utf-8"), case.name)]
    cache = str(tmp_path / "cache")
    write(tmp_path / "before", cases)
    earlier = workspace(tmp_path / "before", cases, cache)
    for one in cases:
        lint(one.text, one.path, earlier)
    earlier._cache.save()
    for one in cases:
        edited = one._replace(text=edit(one.text))
        saved = write(tmp_path / "after", [edited if other is one else other for other in cases])
        for later in (workspace(tmp_path / "before", cases, cache), workspace(tmp_path / "before", cases)):
            assert lint(edited.text, one.path, later) == lint(edited.text, one.path, saved)


def test_moved_lines_ask_no_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = read_case((HERE / "cax07/flagged_early_return.py").read_text("utf-8"), "flagged_early_return.py")
    write(tmp_path, [case])
    earlier = workspace(tmp_path, [case], str(tmp_path / "cache"))
    found = lint(case.text, case.path, earlier)
    earlier._cache.save()

    def lint_module(*arguments: object) -> list[Finding]:
        raise AssertionError

    monkeypatch.setattr(linter, "lint", lint_module)
    later = workspace(tmp_path, [case], str(tmp_path / "cache"))
    now = lint(moved(case.text), case.path, later)
    assert [finding.line for finding in now] > [finding.line for finding in found]
    with pytest.raises(AssertionError):
        lint(changed(case.text), case.path, later)
