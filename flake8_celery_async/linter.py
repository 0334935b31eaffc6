"""Dispatch of the rules over one file, nothing else.

What the rules and the project need is imported when a file is judged: most runs of an editor judge none.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flake8_celery_async.finding import Finding, printable
from flake8_celery_async.gate import worth_reading
from flake8_celery_async.options import Options
from flake8_celery_async.project.discovery import is_in_tests, is_package, module_name

if TYPE_CHECKING:
    from flake8_celery_async.project.evidence import Evidence
    from flake8_celery_async.project.graph import Project
    from flake8_celery_async.project.workspace import Workspace
    from flake8_celery_async.source.module import Module


def lint_tree(tree: ast.Module, lines: Sequence[str], path: str, options: Options) -> list[Finding]:
    """Return the findings of one parsed file in order.

    ``lines`` are its source lines with their ends, ``path`` what messages call it. The tree is not changed.
    """
    if not worth_reading("".join(lines), options):
        return []
    from flake8_celery_async.project.graph import Project
    from flake8_celery_async.project.index import OneFile
    from flake8_celery_async.source.walk import walk

    path = path.replace("\\", "/").removeprefix("./")
    module = walk(tree, module_name(path), path, is_package(path))
    return lint(module, Project(OneFile(module), options), lines)


def lint_file(tree: ast.Module, lines: Sequence[str], path: str, workspace: Workspace) -> list[Finding]:
    """Return the findings of one parsed file as a part of its project, in order.

    ``path`` is absolute or relative to the current folder. A file outside the project root, or left out of
    the project, is judged alone. Tests are no worker code unless a task reaches them.
    """
    text = "".join(lines)
    inside = workspace.relative(path)
    if inside is None:
        return lint_tree(tree, lines, path, workspace.options)
    if (is_in_tests(inside) or not worth_reading(text, workspace.options)) and not workspace.reaches(inside):
        return []
    if workspace.is_left_out(inside):
        return lint_tree(tree, lines, inside, workspace.options)
    if not workspace.holds(inside, text):
        module = workspace.read(tree, inside)
        if _is_foreign_test(module, workspace):
            return []
        found = _lint_moved(module, text, lines, workspace)
        return lint(module, workspace.project_with(module, text), lines) if found is None else found
    found = _known(inside, lines, workspace)
    if found is None:
        module, project = workspace.place(tree, text, inside)
        found = [] if _is_foreign_test(module, workspace) else lint(module, project, lines)
        workspace.keep(inside, found)
    return found


def _is_foreign_test(module: Module, workspace: Workspace) -> bool:
    """Say whether a module is a test that no task reaches."""
    from flake8_celery_async.project.testing import is_test

    return is_test(module) and not workspace.reaches(module.path)


def _lint_stored(module: Module, project: Project, lines: Sequence[str], workspace: Workspace) -> list[Finding]:
    found = lint(module, project, lines)
    workspace.keep(module.path, found)
    return found


def _known(path: str, lines: Sequence[str], workspace: Workspace) -> list[Finding] | None:
    """Return what an earlier run found in a file with these lines; None when it is not known, or cannot be so.

    Anybody may have written what is kept of earlier runs, and flake8 looks for ``noqa`` at the line it is given.
    """
    found = workspace.known(path)
    return found if found is not None and all(_is_possible(finding, lines) for finding in found) else None


def _is_possible(finding: Finding, lines: Sequence[str]) -> bool:
    """Say whether a rule of ours can have said this of a file with these lines."""
    from flake8_celery_async.rules import all_codes

    is_in_file = 0 < finding.line <= len(lines) and 0 <= finding.column <= len(lines[finding.line - 1])
    return is_in_file and finding.code in all_codes()


def _lint_moved(module: Module, text: str, lines: Sequence[str], workspace: Workspace) -> list[Finding] | None:
    """Return the findings of an edited file if they are those of the file on disk, on lines that have moved, or None.

    Most keystrokes change comments, texts and blank lines; then the project need not be asked again.
    """
    stored = workspace.moved(module, text)
    if stored is None:
        return None
    before, old, moves = stored
    found = _known(module.path, old, workspace)
    if found is None:
        found = _lint_stored(before, workspace.project, old, workspace)
    try:
        now = sorted([finding.moved(module.path, moves) for finding in found])
    except KeyError:
        return None
    # Columns are bytes in the facts and characters in findings: a text before it may count differently.
    same = all(old[a.line - 1][: a.column] == lines[moves[a.line] - 1][: a.column] for a in found)
    return now if same else None


def lint(module: Module, project: Project, lines: Sequence[str]) -> list[Finding]:
    """Return what every rule says about one module of a project, in order of place and code."""
    return sorted(judge(module, project, lines))


def judge(module: Module, project: Project, lines: Sequence[str]) -> dict[Finding, Evidence | None]:
    """Return the findings of one module of a project with what each rests on, where the rule says it."""
    from flake8_celery_async.rules import all_rules
    from flake8_celery_async.rules.base import Context

    context = Context(module, project, project.options)
    found: dict[Finding, Evidence | None] = {}
    for rule in all_rules():
        for line, column, message, evidence in rule.check(context):
            place = line, _characters(lines, line, column)
            found.setdefault(Finding(*place, rule.code, printable(message)), evidence)
    return found


def lint_source(text: str, path: str, options: Options | None = None) -> list[Finding]:
    """Return the findings of a source text; raises :exc:`SyntaxError` when it does not parse."""
    return lint_tree(ast.parse(text), text.splitlines(keepends=True), path, options or Options())


def _characters(lines: Sequence[str], line: int, column: int) -> int:
    """Turn a byte column into a character column."""
    if not 0 < line <= len(lines):
        return column
    text = lines[line - 1]
    return column if text.isascii() else len(text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "replace"))
