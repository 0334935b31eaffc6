"""The flake8 door: options in, findings out. The only module that knows flake8.

flake8 imports it in every run, so it imports nothing of the engine: that comes with the first file.
"""

from __future__ import annotations

import ast
import gc
import multiprocessing
import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, suppress
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from flake8.exceptions import ExecutionError
from flake8.options.manager import OptionManager

from flake8_celery_async.finding import Finding, printable
from flake8_celery_async.options import ENABLE, OPTIONS, OptionError, Options, parse

if TYPE_CHECKING:
    from flake8_celery_async.project.workspace import Workspace, Workspaces

_OURS = "flake8-celery-async: "
_LONGEST_ERROR = 200
"""Characters of an error's own text that CAX00 repeats."""


class Plugin:
    """What flake8 makes for every file: it has a tree, its lines, and the options of the run."""

    def __init__(self, tree: ast.Module, filename: str, lines: Sequence[str], options: Namespace | None = None) -> None:
        self._tree = tree
        self._filename = filename
        self._lines = lines
        self._options = options

    @staticmethod
    def add_options(manager: OptionManager) -> None:
        """Register the options, for the command line and for config files."""
        for option in OPTIONS:
            manager.add_option(
                f"--{option.name}",
                default="",
                metavar=option.metavar,
                help=option.help,
                parse_from_config=True,
                comma_separated_list=not option.is_path,
                normalize_paths=option.is_path,
            )

    @staticmethod
    def parse_options(options: Namespace) -> None:
        """Validate the options once and leave the result beside them, where every file's plugin finds it.

        flake8 ends the run with the sentence of an ``ExecutionError`` and no traceback.
        """
        values = vars(options)
        try:
            options.cax_options = parse(values, _codes() if values.get(ENABLE.key) else frozenset())
        except OptionError as error:
            raise ExecutionError(_sayable(f"{_OURS}{error}")) from None
        if _forks_workers(options):
            with suppress(Exception), _no_collection():  # each worker meets it again and reports it for its files
                for workspace in _named(options):
                    workspace.prepare()

    def run(self) -> Iterator[tuple[int, int, str, type[Plugin]]]:
        """Yield what flake8 wants: 1-based line, 0-based column in characters, text with the code, and this class."""
        with _no_collection():
            findings = self._findings()
        for finding in findings:
            yield finding.line, finding.column, f"{finding.code} {finding.message}", type(self)

    def _findings(self) -> list[Finding]:
        try:
            # Imported here: the start of flake8 must stay fast, and an import that fails must not end the run.
            from flake8_celery_async import linter

            if self._options is None:
                return linter.lint_tree(self._tree, self._lines, self._filename, Options())
            workspace = workspaces(self._options).of(self._filename)
            return linter.lint_file(self._tree, self._lines, self._filename, workspace)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic of a native library is no Exception
            return [Finding(1, 0, "CAX00", _could_not_check(error))]


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector from looking through the facts of a project again and again.

    They hold no cycles worth freeing and live until the end; the search would take a third of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def workspaces(options: Namespace) -> Workspaces:
    """Return the projects of this run: they are kept for the process, beside the options they depend on."""
    found: Workspaces | None = getattr(options, "cax_workspaces", None)
    if found is None:
        from flake8_celery_async.project.workspace import Workspaces

        exclude = [*(options.exclude or ()), *(options.extend_exclude or ())]
        found = options.cax_workspaces = Workspaces(Path.cwd(), exclude, options.cax_options)
    return found


def read_options(arguments: Sequence[str]) -> Namespace:
    """Return what flake8 reads for these arguments, from them and from the configuration, with ours validated.

    It is flake8's own reading with all its plugins, so that both doors know the same. Raises :exc:`OptionError` where
    flake8 would not run, and :exc:`SystemExit` where it has answered, as for ``--version``.
    """
    from flake8.options.parse_args import parse_args

    options: Namespace
    said = StringIO()
    try:
        with redirect_stderr(said):
            _, options = parse_args(["--jobs=1", *arguments])  # nothing is prepared for workers
    except SystemExit as ended:
        if not ended.code:
            raise
        raise OptionError(said.getvalue().rstrip().rpartition("error: ")[2] or "flake8 does not run") from None
    except ExecutionError as error:
        raise OptionError(str(error).removeprefix(_OURS)) from None
    except Exception as error:  # what else its plugins and its configuration make of it ends a run of flake8 too
        raise OptionError(f"flake8 cannot read its options: {' '.join(str(error).split())}") from None
    return options


def _named(options: Namespace) -> list[Workspace]:
    """Return the projects of what is named on the command line, each once."""
    names = getattr(options, "filenames", None) or [os.curdir]
    found = [workspaces(options).of(os.path.join(name, "x.py") if os.path.isdir(name) else name) for name in names]
    return list(dict.fromkeys(found))


def _forks_workers(options: Namespace) -> bool:
    """Say whether flake8 is about to check several files in processes that inherit the memory of this one."""
    jobs, names = getattr(options, "jobs", None), getattr(options, "filenames", None) or ["."]
    if jobs is None or "-" in names or getattr(options, "bug_report", False):
        return False
    if (os.cpu_count() or 1) < 2 if jobs.is_auto else jobs.n_jobs < 2:
        return False
    if len(names) == 1 and not os.path.isdir(names[0]):
        return False
    method = multiprocessing.get_start_method(allow_none=True) or multiprocessing.get_all_start_methods()[0]
    return method == "fork"


def _codes() -> frozenset[str]:
    from flake8_celery_async.rules import all_codes

    return all_codes()


def _sayable(text: str) -> str:
    """Return a text with escapes for what the standard output cannot show: flake8 would fall over it."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _could_not_check(error: BaseException) -> str:
    """One line on what went wrong, whatever the error's own text looks like."""
    text = printable(" ".join(str(error).split()))
    if len(text) > _LONGEST_ERROR:
        text = f"{text[:_LONGEST_ERROR]}..."
    what = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return f"this file could not be checked: {what}; please report it"
