"""Judging every file of a project from nothing, without flake8 and without a cache, for whoever measures it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

from benchmarks.growth.shape import Files
from flake8_celery_async.linter import lint_file
from flake8_celery_async.options import OFF, Options
from flake8_celery_async.project.workspace import Workspace


def laid_out(files: Files, root: Path) -> Callable[[], None]:
    """Write a project into a new folder and parse it; return what judges all of it, each time from nothing."""
    (root / ".git").mkdir(parents=True)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    trees = {path: (ast.parse(text), text) for path, text in files.items() if path.endswith(".py")}

    def judge() -> None:
        workspace = Workspace(root, (), Options(cache_dir=OFF))
        for path, (tree, text) in trees.items():
            lint_file(tree, text.splitlines(keepends=True), str(root / path), workspace)

    return judge
