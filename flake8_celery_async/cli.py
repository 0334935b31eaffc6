"""The command ``flake8-celery-async``: why a finding is there, what is known of the workers, what a rule says.

It does not need flake8.
"""

from __future__ import annotations

import ast
import json
import os
import re
import sys
import tokenize
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from flake8_celery_async.config import read_config
from flake8_celery_async.linter import judge
from flake8_celery_async.options import POOL, PROJECT_ROOT, OptionError, parse
from flake8_celery_async.pages import markdown, record
from flake8_celery_async.project.tree import Node
from flake8_celery_async.project.understood import is_known, understood
from flake8_celery_async.project.why import explain, known
from flake8_celery_async.project.workspace import Workspace
from flake8_celery_async.rules import all_rules
from flake8_celery_async.source.origins import Place

FOUND, NOTHING, USAGE = 0, 1, 2
"""Exit codes."""

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d+)(?::\d+)?:?")
"""``app/tasks.py:30``, also as flake8 prints it: ``app/tasks.py:30:12:``."""


class UsageError(Exception):
    """What was asked cannot be answered; the text is one sentence for the user."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; ``arguments`` are those of the process when not given."""
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal may know no lines of a tree
    asked = _parser().parse_args(arguments)
    try:
        status: int = asked.run(asked)
        return status
    except UsageError as error:
        print(f"flake8-celery-async: {error}", file=sys.stderr)
    except Exception as error:  # exit code 1 would say that there is nothing at the line
        print(f"flake8-celery-async: {type(error).__name__}: {error}; please report it", file=sys.stderr)
    return USAGE


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="flake8-celery-async",
        description="Say why the flake8 plugin reports a line, what it knows of the workers, and what its rules mean.",
        epilog="Exit codes: 0 found, 1 nothing at that line or nothing known, 2 the question is not right.",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    why = commands.add_parser("why", help="print the evidence of the findings at a line")
    why.add_argument("place", metavar="PATH:LINE", help="such as app/tasks.py:30")
    why.set_defaults(run=_why)
    pools = commands.add_parser("pools", help="print what is understood of the workers and their pools")
    pools.set_defaults(run=_pools)
    for command in (why, pools):
        command.add_argument("--project-root", metavar="FOLDER", help="the folder that holds the whole project")
    rule = commands.add_parser("rule", help="print the page of a rule")
    rule.add_argument("code", metavar="CODE", help="such as CAX03")
    rule.add_argument("--output-format", choices=("text", "json"), default="text", help="Markdown, or one JSON object")
    rule.set_defaults(run=_rule)
    return parser


# -- rule --------------------------------------------------------------------------------------------------------------


def _rule(asked: Namespace) -> int:
    rules = {rule.code: rule for rule in all_rules()}
    rule = rules.get(asked.code.upper())
    if rule is None:
        raise UsageError(f"there is no rule {asked.code!r}: the rules are {', '.join(rules)}")
    print(json.dumps(record(rule), indent=2, ensure_ascii=False) if asked.output_format == "json" else markdown(rule))
    return FOUND


# -- why ---------------------------------------------------------------------------------------------------------------


def _why(asked: Namespace) -> int:
    path, line = _place(asked.place)
    workspace = _workspace(asked.project_root)
    inside = workspace.relative(os.path.abspath(path))
    if inside is None:
        raise UsageError(f"{path} is not in the project {workspace.root}: name its folder with --project-root")
    text = _read(path)
    if workspace.is_left_out(inside):
        raise UsageError(f"{path} is left out of the project: it is excluded, or too large to be written by hand")
    lines = text.splitlines(keepends=True)
    if not 0 < line <= len(lines):
        raise UsageError(f"{path} has {len(lines)} lines, so there is no line {line}")
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        raise UsageError(f"{path} cannot be parsed: {error}") from None
    module, project = workspace.place(tree, text, inside)
    findings = judge(module, project, lines)
    found = [finding for finding in sorted(findings) if finding.line == line]
    for finding in found:
        print(f"{inside}:{finding.line}:{finding.column + 1}: {finding.code} {finding.message}")
        here = Place(inside, finding.line, finding.column)
        _print([explain(findings[finding], here, module, project)], "  ")
        print(f"  the rule: flake8-celery-async rule {finding.code}\n")
    if found:
        return FOUND
    print(f"{inside}:{line}: no finding at this line")
    _print(known(module, line, project), "  ")
    others = [f"{finding.line} ({finding.code})" for finding in sorted(findings)]
    if others:
        print(f"  findings of this file: {', '.join(others)}")
    return NOTHING


def _place(text: str) -> tuple[str, int]:
    found = _PLACE.fullmatch(text)
    if found is None:
        raise UsageError(f"{text!r} is not a place: write PATH:LINE, such as app/tasks.py:30")
    return found["path"], int(found["line"])


# -- pools -------------------------------------------------------------------------------------------------------------


def _pools(asked: Namespace) -> int:
    project = _workspace(asked.project_root).project
    _print(understood(project), "")
    if is_known(project):
        return FOUND
    print(f"the pools of the workers are not known: name them with {POOL.name} in the flake8 section")
    return NOTHING


# -- all of them -------------------------------------------------------------------------------------------------------


def _print(nodes: list[Node], indentation: str) -> None:
    for node in nodes:
        for line in node.lines():
            print(f"{indentation}{line}")


def _workspace(folder: str | None) -> Workspace:
    if folder is not None and not Path(folder).is_dir():
        raise UsageError(f"--project-root {folder} is not a folder")
    config = read_config(Path.cwd())
    values = config.values if folder is None else config.values | {PROJECT_ROOT.key: os.path.abspath(folder)}
    try:
        options = parse(values, frozenset(rule.code for rule in all_rules()))
    except OptionError as error:
        raise UsageError(str(error)) from None
    return Workspace(Path.cwd(), config.exclude, options)


def _read(path: str) -> str:
    try:
        with tokenize.open(path) as stream:
            return stream.read()
    except (OSError, SyntaxError, UnicodeDecodeError, LookupError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"{path} cannot be read: {reason}") from None
