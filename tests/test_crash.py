"""Real code in bulk never breaks the engine: site-packages and the standard library's own tests.

Every file is read twice: as it is, and with every function made a task, so that the rules have work to do.
"""

from __future__ import annotations

import ast
import signal
import sysconfig
import tokenize
import warnings
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

from flake8_celery_async.linter import lint_tree
from flake8_celery_async.options import Options, Pool

SECONDS = 60
"""No file takes longer: a rule that tries every path of a large one would run for hours."""
CHUNKS = 8
"""Parts of equal size, so that several processes can share the work."""
EVERYTHING_ON = Options(enable=frozenset({f"CAX{number:02}" for number in range(1, 21)}), pools=frozenset(Pool))

each_chunk = pytest.mark.parametrize("chunk", range(CHUNKS))


@cache
def _site_packages() -> Sequence[Path]:
    return sorted(Path(sysconfig.get_path("purelib")).rglob("*.py"))


@cache
def _standard_library_tests() -> Sequence[Path]:
    return sorted(Path(sysconfig.get_path("stdlib")).glob("test/**/*.py"))


@each_chunk
def test_site_packages(chunk: int) -> None:
    assert _lint_all(_site_packages()[chunk::CHUNKS]) > 0


@each_chunk
def test_standard_library_tests(chunk: int) -> None:
    files = _standard_library_tests()
    if not files:
        pytest.skip("this Python came without the standard library's tests")
    assert _lint_all(files[chunk::CHUNKS]) > 0


def _lint_all(paths: Sequence[Path]) -> int:
    """Lint every file that Python itself can read; the number of those."""
    read = 0
    signal.signal(signal.SIGALRM, _too_slow)
    for path in paths:
        try:
            with tokenize.open(path) as file:
                lines = file.readlines()
            tree = _parse("".join(lines))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue  # flake8 gives us no tree for such a file either
        read += 1
        signal.alarm(SECONDS)
        try:
            _check(tree, lines, str(path))
            _make_tasks(tree)
            lines.append("# from celery import shared_task\n")  # opens the text gate
            _check(tree, lines, f"app/real_{path.name}")  # a test file would be no worker code
        except Exception as error:
            raise AssertionError(f"{path}: {type(error).__name__}: {error}") from error
        finally:
            signal.alarm(0)
    return read


def _too_slow(number: int, frame: object) -> NoReturn:
    raise TimeoutError(f"not done after {SECONDS} s")


def _parse(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the linted code does wrong is its own business
        return ast.parse(text)


def _check(tree: ast.Module, lines: Sequence[str], path: str) -> None:
    """Lint one file; every finding stands in the file and says something in one line."""
    before = ast.dump(tree) if len(lines) < 500 else ""  # all plugins of a run share the tree
    findings = lint_tree(tree, lines, path, EVERYTHING_ON)
    assert not before or ast.dump(tree) == before, "the tree was changed"
    for finding in findings:
        assert finding.code != "CAX00", finding
        assert 1 <= finding.line <= len(lines), finding
        assert 0 <= finding.column <= len(lines[finding.line - 1]), finding
        assert finding.message == " ".join(finding.message.split()), finding
    assert len(set(findings)) == len(findings), "a finding stands twice"


def _make_tasks(tree: ast.Module) -> None:
    """Put ``@shared_task`` on every function, and the names that the rules look for at the top of the module."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            node.decorator_list.append(
                ast.Name("shared_task", ast.Load(), lineno=node.lineno, col_offset=0, end_lineno=node.lineno)
            )
    tree.body[:0] = ast.parse("from celery import shared_task; import asyncio, time, requests").body
