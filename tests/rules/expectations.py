"""Case files: code as people write it, with the findings it must give in trailing comments.

A comment names the findings of its line: ``# CAX03``, with a 1-based column ``# CAX03@5``, with parts of the message
``# CAX03 "engine" "app/db.py:12"``, and several of them with semicolons: ``# CAX03; CAX07@9``. What is not announced
must not be reported.

The first line may set options and the path under which the file is linted:
``# options: cax-pool=gevent cax-enable=CAX17 path=tests/test_tasks.py``.

A folder is a small project: the folder is its root, every file in it is linted and may announce findings. The first
line of any of its files may set the options.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from flake8_celery_async.finding import Finding
from flake8_celery_async.linter import lint_file, lint_source
from flake8_celery_async.options import OPTIONS, Options, parse
from flake8_celery_async.project.workspace import Workspace
from flake8_celery_async.rules import all_rules

_ITEM = r'CAX\d\d(?:@\d+)?(?:\s+"[^"]*")*'
_COMMENT = re.compile(rf"#\s*({_ITEM}(?:\s*;\s*{_ITEM})*)\s*")
_LOOKS_LIKE_ONE = re.compile(r"#\s*CAX\d")
_HEADER = "# options:"


class Expected(NamedTuple):
    """One finding that a comment announces; ``column`` is 1-based, ``None`` when any column will do."""

    line: int
    code: str
    column: int | None
    parts: tuple[str, ...]

    def __str__(self) -> str:
        column = "" if self.column is None else f"@{self.column}"
        return " ".join([f"line {self.line}: {self.code}{column}", *(f'"{part}"' for part in self.parts)])

    def accepts(self, finding: Finding) -> bool:
        return (
            (finding.line, finding.code) == (self.line, self.code)
            and self.column in (None, finding.column + 1)
            and all(part in finding.message for part in self.parts)
        )


class Case(NamedTuple):
    """A case file as the linter gets it, and what it must say."""

    text: str
    path: str
    options: Options
    expected: list[Expected]


def read_case(text: str, name: str) -> Case:
    """Read a case file's text; ``name`` is the file's name. Without ``path=`` it is a module of a project's app."""
    values = _header(text)
    path = values.pop("path", f"app/{name}")
    keys = {option.name: option.key for option in OPTIONS}
    codes = frozenset(rule.code for rule in all_rules())
    options = parse({keys[name]: value for name, value in values.items()}, codes)
    return Case(text, path, options, list(_announced(text)))


def read_project(folder: Path) -> list[Case]:
    """Read the Python files of a folder, sorted by path; the paths are relative to it. All have the same options."""
    texts = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.py"))}
    cases = [read_case(text, path)._replace(path=path) for path, text in texts.items()]
    options = next((case.options for case in cases if case.text.startswith(_HEADER)), Options())
    return [case._replace(options=options) for case in cases]


def differences(case: Case) -> list[str]:
    """Lint the case; what is missing (announced and not reported) and noisy (reported and not announced), by line."""
    return _compare(case.expected, lint_source(case.text, case.path, case.options))


def project_differences(folder: Path, cases: Sequence[Case]) -> list[str]:
    """Lint every file of a folder as a part of the project; what is missing and noisy, by path and line."""
    options = replace(cases[0].options, project_root=str(folder), cache_dir="off")
    workspace = Workspace(folder, (), options)
    found = []
    for case in cases:
        lines = case.text.splitlines(keepends=True)
        findings = lint_file(ast.parse(case.text), lines, str(folder / case.path), workspace)
        found += [f"{case.path}: {difference}" for difference in _compare(case.expected, findings)]
    return found


def _compare(announced: Sequence[Expected], reported: Sequence[Finding]) -> list[str]:
    noisy = list(reported)
    missing = []
    for expected in sorted(announced, key=_most_exact_first):
        match = next((finding for finding in noisy if expected.accepts(finding)), None)
        if match is None:
            missing.append(expected)
        else:
            noisy.remove(match)
    lines = [(expected.line, f"missing  {expected}") for expected in missing]
    lines += [(found.line, f"noisy    {_show(found)}") for found in noisy]
    return [text for _, text in sorted(lines)]


def _header(text: str) -> dict[str, str]:
    first = text.partition("\n")[0]
    if not first.startswith(_HEADER):
        return {}
    items = [item.partition("=") for item in first.removeprefix(_HEADER).split()]
    return {name: value for name, _, value in items}


def _announced(text: str) -> Iterator[Expected]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT or not _LOOKS_LIKE_ONE.match(token.string):
            continue
        comment = _COMMENT.fullmatch(token.string)
        if comment is None:
            raise ValueError(f"line {token.start[0]}: cannot read {token.string!r}")
        for item in re.findall(_ITEM, comment[1]):
            code, _, column = item.split()[0].partition("@")
            parts = tuple(re.findall(r'"([^"]*)"', item))
            yield Expected(token.start[0], code, int(column) if column else None, parts)


def _most_exact_first(expected: Expected) -> tuple[bool, int]:
    return expected.column is None, -len(expected.parts)


def _show(finding: Finding) -> str:
    return f"line {finding.line}: {finding.code}@{finding.column + 1} {finding.message}"


def summary(differences: Sequence[str]) -> str:
    """What a failing test prints."""
    return "\n".join(["the findings differ from the comments:", *differences])
