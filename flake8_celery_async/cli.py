"""The command ``flake8-celery-async``: why a finding is there, what is known of the workers, what a rule says.

``why`` and ``pools`` read what flake8 reads, with flake8 itself; ``rule`` does without it.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import tokenize
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TextIO

from flake8_celery_async.finding import printable
from flake8_celery_async.linter import judge
from flake8_celery_async.options import POOL, PROJECT_ROOT, OptionError
from flake8_celery_async.pages import markdown, record
from flake8_celery_async.project.discovery import LARGEST, MOST_ENTRIES, MOST_FILES
from flake8_celery_async.project.reading import read_file
from flake8_celery_async.project.tree import Node
from flake8_celery_async.project.understood import is_known, understood
from flake8_celery_async.project.why import explain, known
from flake8_celery_async.project.workspace import Workspace, Workspaces
from flake8_celery_async.rules import all_rules
from flake8_celery_async.source.origins import Place
from flake8_celery_async.source.parsing import UNPARSABLE, parse

FOUND, NOTHING, USAGE = 0, 1, 2
"""Exit codes."""
INTERRUPTED, UNHEARD = 130, 141
"""Exit codes of what the user stopped, or nobody listens to any more: as a shell gives them for SIGINT and SIGPIPE."""

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d+)(?::\d+)?:?", re.DOTALL)
"""``app/tasks.py:30``, also as flake8 prints it: ``app/tasks.py:30:12:``."""
_MOST_DIGITS = 18
"""Digits of a line number; no file has a line with more."""


class UsageError(Exception):
    """What was asked cannot be answered; the text is one sentence for the user."""


class Answer(NamedTuple):
    """What a command has to say."""

    status: int
    """The exit code."""
    text: str
    """Whole lines, to be printed as they are."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; ``arguments`` are those of the process when not given."""
    _open_closed_streams()
    try:
        status = _answer(arguments)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _give_up(sys.stdout)
        return UNHEARD
    except OSError as error:
        _give_up(sys.stdout)
        _complain(f"the answer cannot be written: {error.strerror or error}")
        return USAGE


def _answer(arguments: Sequence[str] | None) -> int:
    """Answer on the standard output and return the exit code; raises :exc:`OSError` where that cannot be written."""
    try:
        asked, more = _parser().parse_known_args(arguments)
    except SystemExit as ended:  # --help, or what argparse does not understand
        return ended.code if isinstance(ended.code, int) else USAGE
    try:
        answer: Answer = asked.run(asked, more)
    except SystemExit as ended:  # the same of flake8's own
        return ended.code if isinstance(ended.code, int) else USAGE
    except UsageError as error:
        _complain(str(error))
        return USAGE
    except Exception as error:  # exit code 1 would say that there is nothing at the line
        _complain(f"{type(error).__name__}: {error}; please report it")
        return USAGE
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal may know no lines of a tree
    sys.stdout.write(answer.text)
    return answer.status


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="flake8-celery-async",
        description="Say why the flake8 plugin reports a line, what it knows of the workers, and what its rules mean.",
        epilog="Exit codes: 0 found, 1 nothing at that line or nothing known, 2 the question is not right.",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, run, place, purpose in (
        ("why", _why, " PATH:LINE", "print the evidence of the findings at a line, such as app/tasks.py:30"),
        ("pools", _pools, "", "print what is understood of the workers and their pools"),
    ):
        command = commands.add_parser(
            name,
            usage=f"%(prog)s [--project-root FOLDER] [OPTION OF FLAKE8 ...]{place}",
            help=purpose,
            description=f"{purpose.capitalize()}.",
            epilog="It reads the configuration that flake8 reads and takes its options: --config, --cax-pool, ...",
            allow_abbrev=False,
        )
        command.add_argument("--project-root", metavar="FOLDER", help="the folder that holds the whole project")
        command.set_defaults(run=run)
    rule = commands.add_parser("rule", help="print the page of a rule")
    rule.add_argument("code", metavar="CODE", help="such as CAX03")
    rule.add_argument("--output-format", choices=("text", "json"), default="text", help="Markdown, or one JSON object")
    rule.set_defaults(run=_rule)
    return parser


# -- rule --------------------------------------------------------------------------------------------------------------


def _rule(asked: Namespace, more: list[str]) -> Answer:
    if more:
        raise UsageError(f"rule does not take {' '.join(more)}")
    rules = {rule.code: rule for rule in all_rules()}
    rule = rules.get(asked.code.upper())
    if rule is None:
        raise UsageError(f"there is no rule {asked.code!r}: the rules are {', '.join(rules)}")
    if asked.output_format == "json":
        return Answer(FOUND, json.dumps(record(rule), indent=2) + "\n")  # ASCII, whatever a terminal can show
    return Answer(FOUND, markdown(rule) + "\n")


# -- why ---------------------------------------------------------------------------------------------------------------


def _why(asked: Namespace, more: list[str]) -> Answer:
    workspaces, named = _read_options(asked.project_root, more)
    if len(named) != 1:
        raise UsageError("why takes one place: write PATH:LINE, such as app/tasks.py:30")
    path, line = _place(named[0])
    workspace = workspaces.of(os.path.abspath(path))
    inside = workspace.relative(os.path.abspath(path))
    if inside is None:
        raise UsageError(f"{path} is not in the project {workspace.root}: name its folder with --project-root")
    text = _read(path)
    _require_project(workspace)
    if workspace.is_left_out(inside):
        raise UsageError(f"{path} is left out of the project: it is excluded, or too large to be written by hand")
    lines = list(io.StringIO(text))
    if not 0 < line <= len(lines):
        raise UsageError(f"{path} has {len(lines)} lines, so there is no line {line}")
    try:
        tree = parse(text)
    except UNPARSABLE as error:
        raise UsageError(f"{path} cannot be parsed: {error}") from None
    module, project = workspace.place(tree, text, inside)
    findings = judge(module, project, lines)
    found = [finding for finding in sorted(findings) if finding.line == line]
    if found:
        said: list[str] = []
        for finding in found:
            here = Place(inside, finding.line, finding.column)
            said.append(f"{inside}:{finding.line}:{finding.column + 1}: {finding.code} {finding.message}")
            said += _indented([explain(findings[finding], here, module, project)])
            said += [f"  the rule: flake8-celery-async rule {finding.code}", ""]
        return Answer(FOUND, _text(said))
    others = [f"{finding.line} ({finding.code})" for finding in sorted(findings)]
    said = [f"{inside}:{line}: no finding at this line", *_indented(known(module, line, project))]
    return Answer(NOTHING, _text([*said, *([f"  findings of this file: {', '.join(others)}"] if others else [])]))


def _place(text: str) -> tuple[str, int]:
    found = _PLACE.fullmatch(text)
    if found is None:
        raise UsageError(f"{text!r} is not a place: write PATH:LINE, such as app/tasks.py:30")
    if len(found["line"]) > _MOST_DIGITS:
        raise UsageError(f"no file has a line {found['line'][:_MOST_DIGITS]}…")
    return found["path"], int(found["line"])


def _read(path: str) -> str:
    if os.path.lexists(path) and not os.path.isfile(path):
        raise UsageError(f"{path} cannot be read: it is no file")
    try:
        data = read_file(path, LARGEST)
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return io.TextIOWrapper(io.BytesIO(data), encoding).read()
    except (OSError, SyntaxError, UnicodeDecodeError, LookupError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"{path} cannot be read: {reason}") from None


# -- pools -------------------------------------------------------------------------------------------------------------


def _pools(asked: Namespace, more: list[str]) -> Answer:
    workspaces, named = _read_options(asked.project_root, more)
    if named:
        raise UsageError(f"pools takes no {named[0]!r}: name the folder of a project with --project-root")
    _require_project(workspaces.here)
    project = workspaces.here.project
    said = [line for node in understood(project) for line in node.lines()]
    if is_known(project):
        return Answer(FOUND, _text(said))
    advice = f"the pools of the workers are not known: name them with {POOL.name} in the flake8 section"
    return Answer(NOTHING, _text([*said, advice]))


# -- all of them -------------------------------------------------------------------------------------------------------


def _read_options(folder: str | None, more: list[str]) -> tuple[Workspaces, list[str]]:
    """Return the projects as flake8's options tell them, and what else was named on the command line."""
    if folder is not None and not Path(folder).is_dir():
        raise UsageError(f"--project-root {folder} is not a folder")
    root = [] if folder is None else [f"--{PROJECT_ROOT.name}={os.path.abspath(folder)}"]
    from flake8_celery_async.plugin import read_options, workspaces  # flake8 is not needed for the page of a rule

    try:
        options = read_options([*root, *more])
    except OptionError as error:
        raise UsageError(str(error)) from None
    return workspaces(options), options.filenames


def _require_project(workspace: Workspace) -> None:
    if workspace.index.is_too_large:
        most = f"{MOST_FILES:,} Python files or {MOST_ENTRIES:,} entries of folders"
        raise UsageError(
            f"{workspace.root} has more than {most}, so each file is judged alone: name a smaller folder "
            f"with --project-root"
        )


def _indented(nodes: Iterable[Node]) -> Iterator[str]:
    return (f"  {line}" for node in nodes for line in node.lines())


def _text(lines: Iterable[str]) -> str:
    """Return lines as they are printed; a name or a path in them may have characters that a terminal obeys."""
    return "".join([f"{printable(line)}\n" for line in lines])


def _complain(sentence: str) -> None:
    try:
        print(f"flake8-celery-async: {printable(sentence)}", file=sys.stderr, flush=True)
    except OSError:
        _give_up(sys.stderr)


def _open_closed_streams() -> None:
    """Have a process that was started without one of its outputs write into nothing; Python gives it None."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # as long as the process
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _give_up(stream: TextIO) -> None:
    """Send what a stream still holds into nothing, or Python would complain of it when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
