"""The judge: what must hold for every project, whatever is in it.

Run as a program it reads one input a line and answers one line each, so that a hang or an abort costs one process.
"""

from __future__ import annotations

import ast
import io
import json
import os
import sys
import tempfile
import tokenize
import traceback
import warnings
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import damage
from flake8_celery_async import linter
from flake8_celery_async.finding import Finding
from flake8_celery_async.options import OFF, Options, Pool
from flake8_celery_async.plugin import Plugin
from flake8_celery_async.project.deployment.files import is_deployment, read
from flake8_celery_async.project.workspace import Workspace
from inputs import Input, from_json

CODES = frozenset(f"CAX{number:02}" for number in range(1, 21))
_SETTLED = 1_600_000_000
"""The time of modification of every file, in seconds: long enough ago for a cache to believe it."""


class Failure(NamedTuple):
    """What is wrong with an input."""

    what: str
    """Its class: two inputs with the same text fail in the same way."""
    detail: str
    """A traceback, or what differs."""


class Broken(Exception):
    """Something that must hold does not; the arguments are those of :class:`Failure`."""


class Parsed(NamedTuple):
    """A module as flake8 gives it to a plugin."""

    tree: ast.Module
    lines: list[str]


Findings = dict[str, list[Finding]]
"""What was said of each module, by path."""


def judge(given: Input) -> Failure | None:
    """Return what is wrong with how an input is judged; None when all holds."""
    said = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "project"
        try:
            write(root, given)
            with warnings.catch_warnings(record=True) as warned, redirect_stderr(said), redirect_stdout(said):
                modules = {path: parsed for path in given.python if (parsed := parse(root / path)) is not None}
                warned.clear()  # what the code itself does wrong is its own business
                if given.damage:
                    _judge_cache(root, given, modules)
                else:
                    _judge_project(root, given, modules)
                _expect(not warned, "a warning", "; ".join(str(one.message) for one in warned))
            _expect(not said.getvalue(), "something printed", said.getvalue()[-2000:])
        except Broken as broken:
            return Failure(*broken.args)
        except BaseException as error:
            return Failure(_signature(error), "".join(traceback.format_exception(error, limit=-15)))
    return None


def write(root: Path, given: Input) -> None:
    """Put the files of an input into a folder."""
    for path, text in {"setup.cfg": "", **given.files}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
        os.utime(file, (_SETTLED, _SETTLED))


def parse(path: Path) -> Parsed | None:
    """Read a file as flake8 does; None for one that flake8 gives to no plugin."""
    try:
        with tokenize.open(path) as file:
            lines = file.readlines()
    except (SyntaxError, UnicodeError):
        with open(path, encoding="latin-1") as file:
            lines = file.readlines()
    if lines and lines[0][:1] == "\ufeff":
        lines[0] = lines[0][1:]
    try:
        return Parsed(ast.parse("".join(lines)), lines)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _judge_project(root: Path, given: Input, modules: dict[str, Parsed]) -> None:
    before = {path: ast.dump(parsed.tree) for path, parsed in modules.items()}
    options = Options(CODES, frozenset(map(Pool, given.pools)), project_root=str(root), cache_dir=OFF)
    workspace = Workspace(root, (), options)
    first = _ask(workspace, modules, modules)
    for path, parsed in modules.items():
        _check(first[path], parsed.lines, path)
    _same(first, _ask(workspace, modules, modules), "other findings when asked again")
    _same(first, _ask(Workspace(root, (), options), modules, reversed(modules)), "other findings in the reverse order")
    _judge_cache(root, given, modules)
    for path, parsed in modules.items():
        _check(linter.lint_tree(parsed.tree, parsed.lines, path, options), parsed.lines, f"{path} alone")
        _expect(ast.dump(parsed.tree) == before[path], "a changed tree", path)
    for path in filter(is_deployment, given.files):
        _judge_deployment(path, given.files[path])


def _judge_cache(root: Path, given: Input, modules: dict[str, Parsed]) -> None:
    """With an intact cache the findings are the same.

    With a damaged one nothing falls over, and no finding is beyond belief: a row that could be one of the linter's own
    may be believed.
    """
    options = Options(CODES, frozenset(map(Pool, given.pools)), project_root=str(root), cache_dir=OFF)
    folder = root.parent / "cache"
    cached = Options(CODES, options.pools, project_root=str(root), cache_dir=str(folder))
    right = _ask(Workspace(root, (), options), modules, modules)
    _same(right, _run(root, cached, modules), "other findings while a cache is made")
    damaged = damage.apply(folder, given.damage)
    found = _run(root, cached, modules)
    for path, parsed in modules.items():
        _check(found[path], parsed.lines, path)
    if not any(damage.is_json(content) for content in damaged):
        _same(right, found, "other findings with a cache")


def _run(root: Path, options: Options, modules: dict[str, Parsed]) -> Findings:
    """Judge all modules as one process does, and leave behind what it would leave."""
    workspace = Workspace(root, (), options)
    found = _ask(workspace, modules, modules)
    workspace._cache.save()
    return found


def _judge_deployment(path: str, text: str) -> None:
    lines = len(io.StringIO(text, newline=None).readlines())
    commands = read(path, text).commands
    _expect(commands == read(path, text).commands, "other workers when asked again", path)
    for command in commands:
        _expect(1 <= command.line <= lines, "a worker outside its file", f"{command}")
        _expect(command.said.isprintable(), "a worker that cannot be printed", repr(command))


class OneProject:
    """What the plugin keeps for a run, where all files belong to one project."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def of(self, path: str) -> Workspace:
        return self._workspace


def _ask(workspace: Workspace, modules: dict[str, Parsed], order: Iterable[str]) -> Findings:
    """Return what the plugin says of the modules, asked in an order."""
    options = Namespace(cax_workspaces=OneProject(workspace))
    found: Findings = {}
    for path in order:
        tree, lines = modules[path]
        filename = str(workspace.root / path)
        said = list(Plugin(tree, filename, lines, options).run())
        found[path] = [Finding(line, column, *text.split(" ", 1)) for line, column, text, _ in said]
        if any(finding.code == "CAX00" for finding in found[path]):
            _raise_again(Workspace(workspace.root, (), workspace.options), modules, list(found))
            raise Broken("CAX00, not again", f"{path}: {found[path]}")
    return found


def _raise_again(workspace: Workspace, modules: dict[str, Parsed], order: Sequence[str]) -> None:
    """Do again what led to CAX00, to get the error that the plugin swallowed."""
    for path in order:
        tree, lines = modules[path]
        linter.lint_file(tree, lines, str(workspace.root / path), workspace)


def _check(findings: Sequence[Finding], lines: Sequence[str], path: str) -> None:
    """Every finding has a code, stands in its file and says something in one line that a terminal can show."""
    for found in findings:
        _expect(found.code in CODES, "a code that does not exist", f"{path}: {found}")
        _expect(1 <= found.line <= len(lines), "a line outside the file", f"{path}: {found}")
        _expect(0 <= found.column <= len(lines[found.line - 1]), "a column outside the line", f"{path}: {found}")
        _expect(found.message.isprintable(), "a message that cannot be printed", f"{path}: {found}")
        _expect(found.message.strip() == found.message != "", "a message with blanks around it", f"{path}: {found}")
    _expect(len(set(findings)) == len(findings), "a finding twice", f"{path}: {findings}")


def _same(expected: Findings, got: Findings, what: str) -> None:
    for path, findings in expected.items():
        if findings != got[path]:
            raise Broken(
                what, f"{path}:\n- {sorted(set(findings) - set(got[path]))}\n+ {sorted(set(got[path]) - set(findings))}"
            )


def _expect(holds: bool, what: str, detail: str) -> None:
    if not holds:
        raise Broken(what, detail)


def _signature(error: BaseException) -> str:
    """Name an error by its type and where in the package it came from; for endless recursion the place is chance."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "flake8_celery_async" in frame.filename]
    place = f" in {Path(frames[-1].filename).name}:{frames[-1].name}" if frames else ""
    if isinstance(error, RecursionError):
        files = Counter(Path(frame.filename).name for frame in frames[-200:])
        place = f" in {files.most_common(1)[0][0]}" if files else ""
    return f"{type(error).__name__}{place}"


def main() -> None:
    """Answer each input on standard input with its failure, or null, on standard output."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    for line in io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8"):
        failure = judge(from_json(line))
        out.write(json.dumps(failure) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
