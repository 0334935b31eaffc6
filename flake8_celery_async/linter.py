"""Dispatch of the rules over one file, nothing else."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import NamedTuple

from flake8_celery_async.finding import Finding
from flake8_celery_async.options import Options
from flake8_celery_async.project.graph import Project
from flake8_celery_async.rules import all_rules
from flake8_celery_async.source.module import Module
from flake8_celery_async.source.walk import walk

_COROUTINES = ("async def", "async_to_sync")
_CELERY = ("_task", ".task", "Task", "signals", "Celery(", "conf")
"""What a file that mentions Celery must mention as well to define tasks, receivers or settings."""


class Context(NamedTuple):
    """What a rule is given: the file to judge and the project it belongs to."""

    module: Module
    project: Project
    options: Options


def worth_reading(text: str, options: Options) -> bool:
    """Say whether a file mentions anything a rule could speak about; almost free, and most files do not."""
    if any(word in text for word in _COROUTINES):
        return True
    if "elery" in text and any(word in text for word in _CELERY):
        return True
    return any(name.rpartition(".")[2] in text for name in options.task_decorators)


def lint_tree(tree: ast.Module, lines: Sequence[str], path: str, options: Options) -> list[Finding]:
    """Return the findings of one parsed file in order.

    ``lines`` are its source lines with their ends, ``path`` what messages call it. The tree is not changed.
    """
    if not worth_reading("".join(lines), options):
        return []
    path = path.replace("\\", "/").removeprefix("./")
    module = walk(tree, module_name(path), path, path.endswith("__init__.py"))
    return lint(module, Project([module], options), lines)


def lint(module: Module, project: Project, lines: Sequence[str]) -> list[Finding]:
    """Return what every rule says about one module of a project, in order of place and code."""
    context = Context(module, project, project.options)
    found: set[Finding] = set()
    for rule in all_rules():
        for line, column, message in rule.check(context):
            found.add(Finding(line, _characters(lines, line, column), rule.code, message))
    return sorted(found)


def lint_source(text: str, path: str, options: Options | None = None) -> list[Finding]:
    """Return the findings of a source text; raises :exc:`SyntaxError` when it does not parse."""
    return lint_tree(ast.parse(text), text.splitlines(keepends=True), path, options or Options())


def module_name(path: str) -> str:
    """Return the dotted name a file has when its path is relative to a folder on the import path."""
    name = path.removesuffix(".py").removesuffix("/__init__").strip("/").replace("/", ".")
    return name or "__init__"


def _characters(lines: Sequence[str], line: int, column: int) -> int:
    """Turn a byte column into a character column."""
    if not 0 < line <= len(lines):
        return column
    text = lines[line - 1]
    return column if text.isascii() else len(text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "replace"))
