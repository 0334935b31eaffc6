"""The plugin class itself: what it does when the engine fails, and how little it imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_celery_async import linter
from flake8_celery_async.plugin import Plugin
from harness import SAMPLE, Flake8


class Panic(BaseException):
    """As native libraries raise them: no Exception."""


def run(text: str, filename: str = "tasks.py") -> list[tuple[int, int, str]]:
    plugin = Plugin(ast.parse(text), filename, text.splitlines(keepends=True))
    return [(line, column, text) for line, column, text, _ in plugin.run()]


def failing(error: BaseException) -> Callable[..., list[object]]:
    def lint(*arguments: object) -> list[object]:
        raise error

    return lint


def test_finding() -> None:
    ((line, column, text),) = run(SAMPLE)
    assert (line, column, text.split()[0]) == (4, 0, "CAX01")


def test_reports_its_own_class() -> None:
    plugin = Plugin(ast.parse(SAMPLE), "tasks.py", SAMPLE.splitlines(True))
    assert [found[3] for found in plugin.run()] == [Plugin]


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (ValueError("no such thing"), "ValueError: no such thing"),
        (KeyError("name"), "KeyError: 'name'"),
        (AssertionError(), "AssertionError"),
        (SyntaxError("bad", ("x.py", 3, 4, "text")), "SyntaxError: bad (x.py, line 3)"),
        (RecursionError("maximum recursion depth exceeded"), "RecursionError: maximum recursion depth exceeded"),
        (MemoryError(), "MemoryError"),
        (StopIteration(), "StopIteration"),
        (GeneratorExit(), "GeneratorExit"),
        (Panic("oh"), "Panic: oh"),
        (ValueError("one\n  two\r\n\nthree"), "ValueError: one two three"),
        (ValueError("x" * 5000), f"ValueError: {'x' * 200}..."),
    ],
    ids=lambda value: type(value).__name__,
)
def test_internal_error_is_a_finding(monkeypatch: pytest.MonkeyPatch, error: BaseException, what: str) -> None:
    monkeypatch.setattr(linter, "lint", failing(error))
    assert run(SAMPLE) == [(1, 0, f"CAX00 this file could not be checked: {what}; please report it")]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_the_user_may_stop_it(monkeypatch: pytest.MonkeyPatch, error: type[BaseException]) -> None:
    monkeypatch.setattr(linter, "lint", failing(error()))
    with pytest.raises(error):
        run(SAMPLE)


def test_internal_error_in_a_real_run(flake8: Flake8) -> None:
    """Another plugin breaks ours: the run goes on, for this file and for the others."""
    flake8.write(
        "saboteur.py",
        """\
from flake8_celery_async import linter

class Saboteur:
    def __init__(self, tree): ...
    def run(self): return []

honest = linter.lint
def lint(module, project, lines):
    if "broken" in module.path:
        raise ZeroDivisionError("by\\nus")
    return honest(module, project, lines)
linter.lint = lint
""",
    )
    flake8.write(
        ".flake8",
        "[flake8]\nselect = CAX,F\nexclude = saboteur.py\n"
        "[flake8:local-plugins]\nextension =\n    CAY = saboteur:Saboteur\npaths = .\n",
    )
    flake8.write("broken.py", SAMPLE + "print(undefined)\n")
    flake8.write("fine.py")
    for jobs in ("-j1", "-j4"):
        outcome = flake8(jobs)
        assert outcome.found == ["./broken.py:1:1: CAX00", "./broken.py:6:7: F821", "./fine.py:4:1: CAX01"]
        assert "CAX00 this file could not be checked: ZeroDivisionError: by us; please report it" in outcome.stdout
        assert outcome.stderr == ""


@pytest.mark.parametrize("shape", ["plus", "attribute", "method", "call", "else if"])
def test_deeper_than_flake8_goes(shape: str) -> None:
    """A tree deeper than the interpreter's stack: a finding or CAX00, but never an exception."""
    depth = 3000
    node: ast.expr = ast.Name("x", ast.Load())
    for _ in range(depth):
        if shape == "plus":
            node = ast.BinOp(node, ast.Add(), ast.Constant(1))
        elif shape == "attribute":
            node = ast.Attribute(node, "b", ast.Load())
        elif shape == "method":
            node = ast.Call(ast.Attribute(node, "b", ast.Load()), [], [])
        elif shape == "call":
            node = ast.Call(ast.Name("f", ast.Load()), [node], [])
    statement: ast.stmt = ast.Expr(node)
    if shape == "else if":
        for _ in range(depth):
            statement = ast.If(ast.Name("x", ast.Load()), [ast.Pass()], [statement])
    tree = ast.parse(SAMPLE)
    tree.body.append(statement)
    for made in _nodes_without_a_place(tree):
        made.lineno = made.end_lineno = 6
        made.col_offset = made.end_col_offset = 0
    plugin = Plugin(tree, "tasks.py", [*SAMPLE.splitlines(True), "x\n"])
    assert [text.split()[0] for _, _, text, _ in plugin.run()] in (["CAX01"], ["CAX00"])


def _nodes_without_a_place(tree: ast.AST) -> list[ast.expr | ast.stmt]:
    return [node for node in ast.walk(tree) if isinstance(node, (ast.expr, ast.stmt)) and not hasattr(node, "lineno")]


def test_import_is_small() -> None:
    """What every flake8 run pays, even one that reads no Celery file: no engine, no rules, no ast-grep."""
    code = "import sys, flake8_celery_async.plugin; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = set(done.stdout.split())
    assert {name for name in modules if name.startswith("flake8_celery_async")} == {
        "flake8_celery_async",
        "flake8_celery_async.finding",
        "flake8_celery_async.options",
        "flake8_celery_async.plugin",
    }
    assert not {name for name in modules if "ast_grep" in name}


def test_files_without_celery_cost_next_to_nothing(tmp_path: Path) -> None:
    """The engine is imported for the gate, the rules are not."""
    code = (
        "import ast, sys; from flake8_celery_async.plugin import Plugin\n"
        "assert not list(Plugin(ast.parse('x = 1'), 'x.py', ['x = 1']).run())\n"
        "print('\\n'.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert not [name for name in done.stdout.split() if ".rules.cax" in name or "ast_grep" in name]
